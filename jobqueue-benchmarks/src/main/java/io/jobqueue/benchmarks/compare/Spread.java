package io.jobqueue.benchmarks.compare;

import java.util.List;
import java.util.Locale;

/**
 * One figure over all rounds.
 *
 * @param count of how many rounds
 * @param median the middle one, the upper of two
 * @param least the least
 * @param most the most
 */
record Spread(int count, double median, double least, double most) {

    static Spread of(List<Double> values) {
        if (values.isEmpty()) {
            return new Spread(0, 0, 0, 0);
        }
        List<Double> sorted = values.stream().sorted().toList();
        return new Spread(sorted.size(), sorted.get(sorted.size() / 2), sorted.get(0), sorted.get(sorted.size() - 1));
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** Returns median, least and most for a table; a dash when nothing was measured. */
    String shown() {
        if (isEmpty()) {
            return "–";
        }
        return count == 1 ? number(median) : number(median) + " (" + number(least) + "–" + number(most) + ")";
    }

    static String number(double value) {
        String format = value >= 10_000 ? "%.1fk" : value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value >= 10_000 ? value / 1000 : value);
    }
}
