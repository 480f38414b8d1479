package io.jobqueue.store.walk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What has happened in walks: how often each kind of step was taken, and which {@link Sighting} was made. */
public final class Sightings {

    private final Map<String, Integer> steps = new TreeMap<>();
    private final Map<Sighting, Integer> made = new TreeMap<>(Comparator.comparing(Sighting::name));

    void add(String kind, String answer, String everything) {
        steps.merge(kind, 1, Integer::sum);
        for (Sighting sighting : Sighting.EXPECTED) {
            if (sighting.isIn(kind, answer, everything)) {
                made.merge(sighting, 1, Integer::sum);
            }
        }
    }

    /** Takes over what others have seen. */
    public synchronized void addAll(Sightings others) {
        others.steps.forEach((kind, count) -> steps.merge(kind, count, Integer::sum));
        others.made.forEach((sighting, count) -> made.merge(sighting, count, Integer::sum));
    }

    /** Returns how many kinds of steps were taken. */
    public int kinds() {
        return steps.size();
    }

    /** Returns the names of what should have happened and never did. */
    public List<String> missing() {
        List<Sighting> missing = new ArrayList<>(Sighting.EXPECTED);
        missing.removeAll(made.keySet());
        return missing.stream().map(Sighting::name).toList();
    }

    /** Returns how often each thing has happened, one a line. */
    @Override
    public String toString() {
        String counted = made.entrySet().stream()
                .map(entry -> "  " + entry.getKey().name() + ": " + entry.getValue())
                .collect(Collectors.joining("\n"));
        return steps.size() + " kinds of steps " + steps + "\n" + counted;
    }
}
