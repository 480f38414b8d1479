package io.jobqueue.sample.imports;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImportIdTests {

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "../x", "a/b", "a\\b", "a b", ".hidden", "-x", "a\u0000", "a.lines"})
    void textThatCouldLeaveTheDirectoryIsNoImportId(String text) {
        assertThat(ImportId.parse(text)).isEmpty();
    }

    @Test
    void aLineHasOneJobId() {
        assertThat(new ImportId("november").jobOfLine(24)).isEqualTo("november-24");
        assertThat(ImportId.random()).isNotEqualTo(ImportId.random());
    }
}
