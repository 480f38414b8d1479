package io.jobqueue.store.partition;

import io.jobqueue.Names;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.StoreUnavailableException.Outcome;
import io.jobqueue.store.JobLedger;
import io.jobqueue.store.JobOperations;
import io.jobqueue.store.Partition;
import io.jobqueue.store.WorkerDirectory;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets what is paused in the other layouts of a queue hold in a partition too, before this process first claims from it.
 * Thread-safe.
 */
final class InheritedPauses {

    private static final Logger log = LoggerFactory.getLogger(InheritedPauses.class);

    private final Layouts layouts;
    private final JobLedger ledger;
    private final JobOperations operations;
    private final WorkerDirectory workers;
    private final Set<String> taken = ConcurrentHashMap.newKeySet();
    private final Set<String> notAsked = ConcurrentHashMap.newKeySet();

    InheritedPauses(Layouts layouts, JobLedger ledger, JobOperations operations, WorkerDirectory workers) {
        this.layouts = layouts;
        this.ledger = ledger;
        this.operations = operations;
        this.workers = workers;
    }

    /**
     * Returns whether jobs of the partition may be claimed: from then on, what was paused in the other layouts is paused
     * in it. In a layout that the register does not hold, since nothing was enqueued there, nothing is paused: whoever ends
     * the pause could not see it. As long as anything is paused elsewhere nothing may be claimed from it instead, and
     * nothing need be as long as it is empty. A queue that is not divided here is worked on before the register has ever
     * answered, and what is paused in partitions that it had is taken over when it does.
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
        List<Layout> stored = stored(partition);
        if (stored == null) {
            notAsked.add(partition.name());
            return true;
        }
        List<Layout> others = others(partition, stored);
        if (!isHeld(partition, stored) && !others.isEmpty()) {
            return takeUnused(partition);
        }
        return take(partition, stored, others);
    }

    /**
     * Most queues were never divided, and must not stand still for a register on a server that is none of theirs. Null when
     * it has never answered.
     */
    private @Nullable List<Layout> stored(Partition partition) {
        String queue = partition.queue();
        return partition.of() == 1 && !layouts.current(queue).isDivided()
                ? layouts.storedIfKnown(partition)
                : layouts.stored(queue);
    }

    /** An idle worker looks again and again, and what is paused elsewhere takes calls of all other layouts to read. */
    private boolean takeUnused(Partition partition) {
        if (ledger.isEmpty(partition.name())) {
            return false;
        }
        layouts.refresh(); // whoever stored the first job has added the name before
        List<Layout> stored = layouts.stored(partition.queue());
        return take(partition, stored, others(partition, stored));
    }

    private boolean take(Partition partition, List<Layout> stored, List<Layout> others) {
        Pauses elsewhere = read(others);
        if (!isHeld(partition, stored)) {
            return elsewhere.areNone();
        }
        pause(partition.name(), elsewhere);
        if (notAsked.remove(partition.name()) && !elsewhere.areNone()) {
            log.warn(
                    "Queue '{}': something is paused in another number of partitions; it holds here from now on, and jobs "
                            + "may have been claimed before, while the store did not tell the names of its queues",
                    Names.shown(partition.queue()));
        }
        taken.add(partition.name());
        return true;
    }

    private static boolean isHeld(Partition partition, List<Layout> stored) {
        return stored.stream().anyMatch(layout -> layout.count() == partition.of());
    }

    private List<Layout> others(Partition partition, List<Layout> stored) {
        return Stream.concat(stored.stream(), Stream.of(layouts.current(partition.queue())))
                .filter(layout -> layout.count() != partition.of())
                .distinct()
                .toList();
    }

    private Pauses read(List<Layout> layouts) {
        Pauses all = Pauses.NONE;
        for (Layout layout : layouts) {
            all = all.and(read(layout));
        }
        return all;
    }

    /** Every partition of a layout is paused alike, so the word of the first that answers is enough. */
    private Pauses read(Layout layout) {
        StoreUnavailableException failure = null;
        for (String partition : scattered(layout.names())) {
            try {
                return read(partition);
            } catch (StoreUnavailableException e) {
                failure = e;
            }
        }
        throw Objects.requireNonNull(failure, "a layout has a partition");
    }

    /** Returns the names from both ends: neighbours lie on one server, and one that hangs makes each of them wait. */
    private static List<String> scattered(List<String> names) {
        int last = names.size() - 1;
        return IntStream.rangeClosed(0, last)
                .mapToObj(i -> names.get(i % 2 == 0 ? i / 2 : last - i / 2))
                .toList();
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
