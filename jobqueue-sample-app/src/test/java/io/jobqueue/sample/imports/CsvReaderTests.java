package io.jobqueue.sample.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CsvReaderTests {

    @Test
    void splitsAtCommasAndLineEnds() throws IOException {
        assertThat(read("a,b\nc,d\r\ne,f"))
                .containsExactly(record(1, "a", "b"), record(2, "c", "d"), record(3, "e", "f"));
    }

    @Test
    void keepsEmptyAndLastEmptyCells() throws IOException {
        assertThat(read(",b,\n")).containsExactly(record(1, "", "b", ""));
    }

    @Test
    void quotesHideCommasQuotesAndLineEnds() throws IOException {
        assertThat(read("\"a,b\",\"say \"\"hi\"\"\",\"two\r\nlines\"\nnext,row,\"\""))
                .containsExactly(record(1, "a,b", "say \"hi\"", "two\nlines"), record(3, "next", "row", ""));
    }

    @Test
    void passesOverBlankLinesAndCountsThem() throws IOException {
        assertThat(read("a\n\n\r\nb\n\n")).containsExactly(record(1, "a"), record(4, "b"));
    }

    @Test
    void passesOverAByteOrderMark() throws IOException {
        assertThat(read("\uFEFFa,b")).containsExactly(record(1, "a", "b"));
    }

    @Test
    void emptyTextHasNoRecords() throws IOException {
        assertThat(read("")).isEmpty();
    }

    @Test
    void anUnclosedQuoteIsRefusedWithItsLine() {
        assertThatExceptionOfType(MalformedCsvException.class)
                .isThrownBy(() -> read("a,b\nc,\"d\ne,f\n"))
                .withMessage("line 2: opens a quote that is never closed");
    }

    @Test
    void aQuoteInsideAPlainValueIsRefused() {
        assertThatExceptionOfType(MalformedCsvException.class)
                .isThrownBy(() -> read("27\" monitor,1"))
                .withMessageContaining("put the whole value in quotes");
    }

    @Test
    void textAfterAClosingQuoteIsRefused() {
        assertThatExceptionOfType(MalformedCsvException.class)
                .isThrownBy(() -> read("\"a\"b,c"))
                .withMessageContaining("double the quotes");
    }

    @Test
    void anEndlessRecordIsRefusedBeforeItFillsTheMemory() {
        assertThatExceptionOfType(MalformedCsvException.class)
                .isThrownBy(() -> read("\"" + "x".repeat(20_000) + "\""))
                .withMessageContaining("is longer than 16384 characters");
    }

    private static List<CsvRecord> read(String text) throws IOException {
        CsvReader reader = new CsvReader(new StringReader(text));
        List<CsvRecord> records = new ArrayList<>();
        for (Optional<CsvRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
            records.add(next.get());
        }
        return records;
    }

    private static CsvRecord record(int line, String... cells) {
        return new CsvRecord(line, List.of(cells));
    }
}
