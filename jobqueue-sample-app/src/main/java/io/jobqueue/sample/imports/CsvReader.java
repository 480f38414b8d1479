package io.jobqueue.sample.imports;

import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads CSV by RFC 4180 record by record: commas, CRLF or LF, quoted cells with doubled quotes, commas and
 * line breaks inside. Blank lines are passed over. Holds one record at a time. Not thread-safe.
 */
final class CsvReader {

    private static final int END = -1;
    private static final int LONGEST_RECORD = 16_384;
    private static final int BYTE_ORDER_MARK = 0xFEFF;

    private final PushbackReader text;
    private int line = 1;
    private int recordLine;
    private int recordLength;

    CsvReader(Reader text) throws IOException {
        this.text = new PushbackReader(text);
        int first = this.text.read();
        if (first != BYTE_ORDER_MARK && first != END) {
            this.text.unread(first);
        }
    }

    /**
     * Returns the next record, or empty at the end of the text.
     *
     * @throws MalformedCsvException when a quote is misplaced or never closed, or the record is too long
     */
    Optional<CsvRecord> next() throws IOException {
        int first = read();
        while (first == '\n') {
            line++;
            first = read();
        }
        if (first == END) {
            return Optional.empty();
        }
        text.unread(first);
        recordLine = line;
        recordLength = 0;
        return Optional.of(new CsvRecord(recordLine, cells()));
    }

    private List<String> cells() throws IOException {
        List<String> cells = new ArrayList<>();
        int separator;
        do {
            StringBuilder cell = new StringBuilder();
            int first = read();
            separator = first == '"' ? quoted(cell) : plain(cell, first);
            cells.add(cell.toString());
        } while (separator == ',');
        line++;
        return cells;
    }

    private int plain(StringBuilder cell, int first) throws IOException {
        int character = first;
        while (character != ',' && character != '\n' && character != END) {
            if (character == '"') {
                throw malformed("has a quote inside an unquoted value; put the whole value in quotes");
            }
            append(cell, character);
            character = read();
        }
        return character;
    }

    private int quoted(StringBuilder cell) throws IOException {
        while (true) {
            int character = read();
            if (character == END) {
                throw malformed("opens a quote that is never closed");
            }
            if (character == '"') {
                int next = read();
                if (next == ',' || next == '\n' || next == END) {
                    return next;
                }
                if (next != '"') {
                    throw malformed("has text after a closing quote; double the quotes inside a value");
                }
            } else if (character == '\n') {
                line++;
            }
            append(cell, character);
        }
    }

    private void append(StringBuilder cell, int character) {
        if (++recordLength > LONGEST_RECORD) {
            throw malformed("is longer than " + LONGEST_RECORD + " characters; is a quote missing?");
        }
        cell.append((char) character);
    }

    /** Reads one character, a CRLF as one line feed. */
    private int read() throws IOException {
        int character = text.read();
        if (character != '\r') {
            return character;
        }
        int next = text.read();
        if (next != '\n' && next != END) {
            text.unread(next);
        }
        return '\n';
    }

    private MalformedCsvException malformed(String reason) {
        return new MalformedCsvException("line " + recordLine + ": " + reason);
    }
}
