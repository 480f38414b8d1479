package io.jobqueue.engine;

import io.jobqueue.LogLine;
import io.jobqueue.Names;
import java.util.List;

/** Makes lines of a log out of any text: a handler must not fail for what it logs. */
final class LogText {

    private static final String CUT = "…";
    private static final String TAB = "    ";

    private LogText() {}

    /** Returns the last lines that fit into a log, each printable and cut to its bound. */
    static List<String> lines(String text) {
        List<String> lines = text.lines().map(LogText::line).toList();
        return lines.subList(Math.max(0, lines.size() - LogLine.MOST), lines.size());
    }

    private static String line(String text) {
        String shown = Names.shown(text.replace("\t", TAB), LogLine.MAX_TEXT);
        if (shown.length() <= LogLine.MAX_TEXT) {
            return shown;
        }
        int end = LogLine.MAX_TEXT - CUT.length();
        return shown.substring(0, Character.isHighSurrogate(shown.charAt(end - 1)) ? end - 1 : end) + CUT;
    }
}
