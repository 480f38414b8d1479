package io.jobqueue.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A page of the documentation whose tables are written by the comparison. */
final class Page {

    private static final String BEGIN = "<!-- compare: begin -->";
    private static final String FOLDER = "measurements";
    private static final String END = "<!-- compare: end -->";

    private Page() {}

    /**
     * Replaces what stands between the two marks, and keeps the figures of which the tables were made in a file beside
     * the page, to which it refers.
     *
     * @param name of the file, without its ending
     * @param figures its lines
     */
    static void write(Path page, String tables, String name, List<String> figures) throws IOException {
        String link = FOLDER + "/" + name + ".csv";
        Path file = page.resolveSibling(link);
        Files.createDirectories(page.resolveSibling(FOLDER));
        Files.write(file, figures);
        replace(page, tables + "\nEvery figure of every round: [" + link + "](" + link + ").\n");
    }

    private static void replace(Path page, String tables) throws IOException {
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalStateException(page + " has no '" + BEGIN + "' and '" + END + "'");
        }
        Files.writeString(page, text.substring(0, begin + BEGIN.length()) + "\n" + tables + text.substring(end));
    }
}
