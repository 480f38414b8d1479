package io.jobqueue.store.memory;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Waiting jobs that stand aside, by type and place: nobody who cannot take them looks at them. Guarded by the queue's lock. */
final class AsideLine {

    private final Map<String, TreeSet<MemoryJob>> byType = new HashMap<>();
    private int size;

    void add(MemoryJob job) {
        byType.computeIfAbsent(job.spec.type(), type -> new TreeSet<>(MemoryJob::byPlace))
                .add(job);
        size++;
    }

    /** Does nothing for a job that does not stand aside. */
    void remove(MemoryJob job) {
        TreeSet<MemoryJob> line = byType.get(job.spec.type());
        if (line != null && line.remove(job)) {
            size--;
            if (line.isEmpty()) {
                byType.remove(job.spec.type());
            }
        }
    }

    boolean contains(MemoryJob job) {
        TreeSet<MemoryJob> line = byType.get(job.spec.type());
        return line != null && line.contains(job);
    }

    int size() {
        return size;
    }

    /** Returns the first job of each type that fits. */
    Stream<MemoryJob> heads(Predicate<String> fits) {
        return byType.entrySet().stream()
                .filter(line -> fits.test(line.getKey()))
                .map(line -> line.getValue().first());
    }

    /** Returns the first of the jobs whose type fits; null when there is none. */
    @Nullable
    MemoryJob first(Predicate<String> fits) {
        return heads(fits).min(MemoryJob::byPlace).orElse(null);
    }

    /** Takes all jobs of a type out. */
    Set<MemoryJob> takeAll(String type) {
        TreeSet<MemoryJob> line = byType.remove(type);
        size -= line == null ? 0 : line.size();
        return line == null ? Set.of() : line;
    }

    /** Returns the jobs whose type fits, in the order of their claim. */
    Stream<MemoryJob> jobs(Predicate<String> fits) {
        return byType.entrySet().stream()
                .filter(line -> fits.test(line.getKey()))
                .flatMap(line -> line.getValue().stream())
                .sorted(MemoryJob::byPlace);
    }
}
