package io.jobqueue.spring.autoconfigure;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Guesses which name was meant by a misspelled one. */
final class ClosestName {

    private ClosestName() {}

    /** Returns the candidate with the fewest edits to {@code name}, or empty when none is near. */
    static Optional<String> to(String name, Collection<String> candidates) {
        return to(name, candidates, Math.max(2, name.length() / 3));
    }

    /** Returns the candidate with the fewest edits to {@code name}, or empty when all need more than {@code most}. */
    static Optional<String> to(String name, Collection<String> candidates, int most) {
        return candidates.stream()
                .filter(candidate -> edits(name, candidate) <= most)
                .min(Comparator.comparingInt((String candidate) -> edits(name, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static int edits(String from, String to) {
        int[] above = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            above[column] = column;
        }
        for (int row = 1; row <= from.length(); row++) {
            int diagonal = above[0];
            above[0] = row;
            for (int column = 1; column <= to.length(); column++) {
                int replaced = diagonal + (from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1);
                diagonal = above[column];
                above[column] = Math.min(replaced, Math.min(above[column], above[column - 1]) + 1);
            }
        }
        return above[to.length()];
    }
}
