package io.jobqueue.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The figures of all rounds. */
final class Figures {

    private final Map<String, List<Double>> byName = new LinkedHashMap<>();

    void add(Map<String, Double> round) {
        round.forEach((name, value) ->
                byName.computeIfAbsent(name, key -> new ArrayList<>()).add(value));
    }

    void print(String title) {
        System.out.println(title);
        byName.forEach((name, values) -> {
            List<Double> sorted = values.stream().sorted().toList();
            System.out.println(String.format(
                    Locale.ROOT,
                    "  %-88s median %s  (%s to %s)",
                    name,
                    shown(sorted.get(sorted.size() / 2)),
                    shown(sorted.get(0)),
                    shown(sorted.get(sorted.size() - 1))));
        });
    }

    static String format(Map<String, Double> round) {
        return round.entrySet().stream()
                .map(entry -> entry.getKey() + " " + shown(entry.getValue()))
                .collect(Collectors.joining("; "));
    }

    private static String shown(double value) {
        return String.format(Locale.ROOT, value >= 1000 ? "%,.0f" : value >= 10 ? "%.1f" : "%.3f", value);
    }
}
