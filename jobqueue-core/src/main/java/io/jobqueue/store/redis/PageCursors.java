package io.jobqueue.store.redis;

import io.jobqueue.JobQuery;
import io.jobqueue.JobState;
import io.jobqueue.store.JobPage;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Refuses cursors that are none of the pages they are given to: scripts take them at their word. Their forms stand in
 * {@code include/pages.lua} and {@code search.lua}.
 */
final class PageCursors {

    private static final String FIRST = "";

    private static final Pattern POSITION = Pattern.compile("[0-9]{1,15}");
    private static final Pattern SCAN = Pattern.compile("[0-9]{1,20} (0|[1-9][0-9]{0,14} [1-9][0-9]{0,3})");

    private PageCursors() {}

    /**
     * Returns what a script takes for the cursor of a list.
     *
     * @throws IllegalArgumentException when the lists of the state have no such cursors
     */
    static String ofList(JobState state, @Nullable String cursor) {
        if (cursor == null) {
            return FIRST;
        }
        if (!isOfPages(StateFormat.write(state), cursor)) {
            throw JobPage.noCursor(cursor, "this list");
        }
        return cursor;
    }

    /**
     * Returns what a script takes for the cursor of a search: the letter of a state, a space, and a cursor of its pages,
     * which is empty for the first.
     *
     * @throws IllegalArgumentException when the query has no such cursors
     */
    static String ofSearch(JobQuery query, @Nullable String cursor) {
        if (cursor == null) {
            return FIRST;
        }
        String states = query.state() == null ? "SWA123" : StateFormat.write(query.state());
        if (cursor.length() < 2 || cursor.charAt(1) != ' ') {
            throw JobPage.noCursor(cursor, "this search");
        }
        String state = cursor.substring(0, 1);
        String ofPages = cursor.substring(2);
        if (!states.contains(state) || !(ofPages.isEmpty() || isOfPages(state, ofPages))) {
            throw JobPage.noCursor(cursor, "this search");
        }
        return cursor;
    }

    private static boolean isOfPages(String state, String cursor) {
        return switch (state) {
            case "S", "W", "2" -> POSITION.matcher(cursor).matches();
            default -> SCAN.matcher(cursor).matches() && isScan(cursor.substring(0, cursor.indexOf(' ')));
        };
    }

    /** A server refuses what does not fit into 64 bits. */
    private static boolean isScan(String digits) {
        try {
            long unusedSinceItNeedOnlyFit = Long.parseUnsignedLong(digits);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
