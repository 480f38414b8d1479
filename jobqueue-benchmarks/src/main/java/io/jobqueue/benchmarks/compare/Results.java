package io.jobqueue.benchmarks.compare;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every figure of every round; each is written to a file as it comes. */
final class Results implements AutoCloseable {

    private final Map<Key, List<Double>> values = new LinkedHashMap<>();
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
            values.computeIfAbsent(new Key(contender.id(), work, figure.getKey()), key -> new ArrayList<>())
                    .add(figure.getValue());
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
        return Spread.of(values.getOrDefault(new Key(contender, work, figure), List.of()));
    }

    @Override
    public void close() throws IOException {
        raw.close();
    }

    private record Key(String contender, String work, String figure) {}
}
