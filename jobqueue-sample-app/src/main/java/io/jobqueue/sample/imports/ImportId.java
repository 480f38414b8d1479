package io.jobqueue.sample.imports;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Names one import. Letters, digits, dashes and underscores only, so that it can be part of a file name.
 *
 * @param value the id
 */
record ImportId(String value) {

    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

    ImportId {
        if (!ALLOWED.matcher(value).matches()) {
            throw new IllegalArgumentException("an import id has 1 to 64 letters, digits, dashes and underscores");
        }
    }

    static ImportId random() {
        return new ImportId(UUID.randomUUID().toString());
    }

    /** Returns the import of that id, or empty when the text is no import id. */
    static Optional<ImportId> parse(String text) {
        return ALLOWED.matcher(text).matches() ? Optional.of(new ImportId(text)) : Optional.empty();
    }

    String jobOfLine(int line) {
        return value + "-" + line;
    }
}
