package io.jobqueue.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page of the documentation whose tables are written by the comparison. */
final class Page {

    private static final String BEGIN = "<!-- compare: begin -->";
    private static final String END = "<!-- compare: end -->";

    private Page() {}

    /** Replaces what stands between the two marks. */
    static void write(Path page, String tables) throws IOException {
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalStateException(page + " has no '" + BEGIN + "' and '" + END + "'");
        }
        Files.writeString(page, text.substring(0, begin + BEGIN.length()) + "\n" + tables + text.substring(end));
    }
}
