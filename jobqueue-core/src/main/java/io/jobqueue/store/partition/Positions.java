package io.jobqueue.store.partition;

import io.jobqueue.store.JobPage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far the pages of a queue have come in each of its partitions, which is what their cursor says: for each one a letter,
 * {@code s} at its start, {@code e} at its end, else {@code c}, the length of its own cursor, a colon and that cursor.
 */
final class Positions {

    private static final String START = "s";
    private static final String END = "e";
    private static final String AT = "c";

    private final List<String> letters;
    private final List<String> cursors;

    private Positions(List<String> letters, List<String> cursors) {
        this.letters = letters;
        this.cursors = cursors;
    }

    /** Returns the positions a cursor stands for; the start of all partitions without one. */
    static Positions read(@Nullable String cursor, int partitions) {
        Positions positions = new Positions(
                new ArrayList<>(Collections.nCopies(partitions, START)),
                new ArrayList<>(Collections.nCopies(partitions, "")));
        if (cursor != null) {
            positions.fill(cursor);
        }
        return positions;
    }

    boolean hasMore(int partition) {
        return !letters.get(partition).equals(END);
    }

    /** Returns the partition's own cursor; null at its start. */
    @Nullable
    String cursor(int partition) {
        return letters.get(partition).equals(AT) ? cursors.get(partition) : null;
    }

    /** Moves on in a partition, to its end for null. */
    void move(int partition, @Nullable String next) {
        letters.set(partition, next == null ? END : AT);
        cursors.set(partition, next == null ? "" : next);
    }

    /** Returns the cursor of these positions; null when all partitions have come to their end. */
    @Nullable
    String write() {
        if (letters.stream().allMatch(END::equals)) {
            return null;
        }
        StringBuilder written = new StringBuilder();
        for (int i = 0; i < letters.size(); i++) {
            written.append(letters.get(i));
            if (letters.get(i).equals(AT)) {
                written.append(cursors.get(i).length()).append(':').append(cursors.get(i));
            }
        }
        return written.toString();
    }

    private void fill(String cursor) {
        int at = 0;
        try {
            for (int i = 0; i < letters.size(); i++) {
                String letter = cursor.substring(at, at + 1);
                at++;
                if (letter.equals(AT)) {
                    int colon = cursor.indexOf(':', at);
                    int length = Integer.parseInt(cursor.substring(at, colon));
                    at = colon + 1 + length;
                    cursors.set(i, cursor.substring(colon + 1, at));
                } else if (!letter.equals(START) && !letter.equals(END)) {
                    throw none(cursor);
                }
                letters.set(i, letter);
            }
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw none(cursor);
        }
        if (at != cursor.length()) {
            throw none(cursor);
        }
    }

    private static IllegalArgumentException none(String cursor) {
        return JobPage.noCursor(cursor, "this queue as it is divided now");
    }
}
