package io.jobqueue.benchmarks.compare;

import java.io.BufferedWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Every figure of every round; each is written to a file as it comes. */
final class Results implements AutoCloseable {

    private static final MathContext DIGITS = new MathContext(6);

    private final Map<Key, NavigableMap<Integer, Double>> values = new LinkedHashMap<>();
    private final Map<String, String> notes = new LinkedHashMap<>();
    private final Map<String, String> versions = new LinkedHashMap<>();
    private final BufferedWriter raw;

    Results(Path folder) throws IOException {
        Files.createDirectories(folder);
        raw = Files.newBufferedWriter(folder.resolve("figures.csv"));
        raw.write("round,contender,work,figure,value\n");
    }

    void add(int round, Contender contender, String work, Map<String, Double> figures) throws IOException {
        for (Map.Entry<String, Double> figure : figures.entrySet()) {
            values.computeIfAbsent(new Key(contender.id(), work, figure.getKey()), key -> new TreeMap<>())
                    .put(round, figure.getValue());
            raw.write(
                    round + "," + contender.id() + "," + work + "," + figure.getKey() + "," + figure.getValue() + "\n");
        }
        raw.flush();
    }

    /** Says why a contender has no figures, or not all. */
    void note(Contender contender, String note) {
        notes.putIfAbsent(contender.title(), note);
    }

    void version(Contender contender, String version) {
        versions.put(contender.title(), version);
    }

    Map<String, String> notes() {
        return notes;
    }

    Map<String, String> versions() {
        return versions;
    }

    Spread spread(String contender, String work, String figure) {
        NavigableMap<Integer, Double> rounds = values.get(new Key(contender, work, figure));
        return Spread.of(rounds == null ? List.of() : List.copyOf(rounds.values()));
    }

    /** Returns every figure as a line of comma-separated values, one column a round; empty where it was not measured. */
    List<String> lines(int rounds) {
        List<String> lines = new ArrayList<>();
        lines.add("contender,work,figure,"
                + IntStream.rangeClosed(1, rounds)
                        .mapToObj(round -> "round " + round)
                        .collect(Collectors.joining(",")));
        values.forEach((key, byRound) -> lines.add(key.contender() + "," + key.work() + "," + key.figure() + ","
                + IntStream.rangeClosed(1, rounds)
                        .mapToObj(round -> shown(byRound.get(round)))
                        .collect(Collectors.joining(","))));
        return lines;
    }

    private static String shown(@Nullable Double value) {
        if (value == null) {
            return "";
        }
        return Double.isFinite(value)
                ? BigDecimal.valueOf(value).round(DIGITS).stripTrailingZeros().toPlainString()
                : value.toString();
    }

    @Override
    public void close() throws IOException {
        raw.close();
    }

    private record Key(String contender, String work, String figure) {}
}
