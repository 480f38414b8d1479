package io.jobqueue.store.partition;

import io.jobqueue.StoreUnavailableException;
import io.jobqueue.StoreUnavailableException.Outcome;
import io.jobqueue.store.JobOperations;
import io.jobqueue.store.Partition;
import io.jobqueue.store.WorkerDirectory;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lets what is paused in the other layouts of a queue hold in a partition too, before this process first claims from it.
 * Thread-safe.
 */
final class InheritedPauses {

    private final Layouts layouts;
    private final JobOperations operations;
    private final WorkerDirectory workers;
    private final Set<String> taken = ConcurrentHashMap.newKeySet();

    InheritedPauses(Layouts layouts, JobOperations operations, WorkerDirectory workers) {
        this.layouts = layouts;
        this.operations = operations;
        this.workers = workers;
    }

    /**
     * Returns whether jobs of the partition may be claimed: from then on, what was paused in the other layouts is paused
     * in it. In a layout that the register does not hold, since nothing was enqueued there, nothing is paused: whoever ends
     * the pause could not see it. As long as anything is paused elsewhere nothing may be claimed from it instead.
     *
     * @throws StoreUnavailableException with {@code REFUSED} when it is not known what is paused
     */
    boolean allowClaims(String partition) {
        if (taken.contains(partition)) {
            return true;
        }
        try {
            return take(Partition.named(partition));
        } catch (StoreUnavailableException e) {
            throw new StoreUnavailableException(
                    "nothing was claimed, since it is not known what is paused in partitions of another number: "
                            + e.getMessage(),
                    Outcome.REFUSED,
                    e);
        }
    }

    private boolean take(Partition partition) {
        String queue = partition.queue();
        List<Layout> stored = layouts.stored(queue);
        boolean held = stored.stream().anyMatch(layout -> layout.count() == partition.of());
        Pauses elsewhere = read(Stream.concat(stored.stream(), Stream.of(layouts.current(queue)))
                .filter(layout -> layout.count() != partition.of())
                .distinct()
                .toList());
        if (!held) {
            return elsewhere.areNone();
        }
        pause(partition.name(), elsewhere);
        taken.add(partition.name());
        return true;
    }

    /** Every partition of a layout is paused alike, so the word of those that answer is enough. */
    private Pauses read(List<Layout> others) {
        Pauses all = Pauses.NONE;
        for (Layout other : others) {
            boolean answered = false;
            StoreUnavailableException failure = null;
            for (String partition : other.names()) {
                try {
                    all = all.and(read(partition));
                    answered = true;
                } catch (StoreUnavailableException e) {
                    failure = e;
                }
            }
            requireAnswer(answered, failure);
        }
        return all;
    }

    private static void requireAnswer(boolean answered, @Nullable StoreUnavailableException failure) {
        if (!answered && failure != null) {
            throw failure;
        }
    }

    private Pauses read(String partition) {
        return new Pauses(operations.isPaused(partition), operations.pausedTypes(partition), workers.paused(partition));
    }

    private void pause(String partition, Pauses pauses) {
        if (pauses.queue()) {
            operations.pause(partition, null);
        }
        pauses.types().forEach(type -> operations.pause(partition, type));
        pauses.workers().forEach(worker -> workers.pause(partition, worker));
    }

    /**
     * What is paused.
     *
     * @param queue whether everything is
     */
    private record Pauses(boolean queue, Set<String> types, Set<String> workers) {

        static final Pauses NONE = new Pauses(false, Set.of(), Set.of());

        boolean areNone() {
            return equals(NONE);
        }

        Pauses and(Pauses more) {
            return new Pauses(queue || more.queue, union(types, more.types), union(workers, more.workers));
        }

        private static Set<String> union(Set<String> some, Set<String> more) {
            Set<String> all = new HashSet<>(some);
            all.addAll(more);
            return all;
        }
    }
}
