package io.jobqueue.store.partition;

import io.jobqueue.Names;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.StoreUnavailableException.Outcome;
import io.jobqueue.store.JobLedger;
import io.jobqueue.store.Partition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * In how many partitions the queues are: the number this process was told, and every number by which the store already
 * holds one, because it was another before or is another elsewhere. Thread-safe.
 */
final class Layouts {

    private static final Logger log = LoggerFactory.getLogger(Layouts.class);

    private static final Duration BELIEVED = Duration.ofSeconds(10);

    private final JobLedger ledger;
    private final ToIntFunction<String> counts;
    private final LongSupplier nanos;
    private final Map<String, Layout> current = new ConcurrentHashMap<>();
    private final AtomicBoolean refreshing = new AtomicBoolean();
    private volatile Seen seen;

    Layouts(JobLedger ledger, ToIntFunction<String> counts, LongSupplier nanos) {
        this.ledger = ledger;
        this.counts = counts;
        this.nanos = nanos;
        seen = new Seen(Map.of(), false, false, nanos.getAsLong());
    }

    /** Returns the layout in which this process enqueues. */
    Layout current(String queue) {
        Layout known = current.get(queue);
        return known != null ? known : current.computeIfAbsent(queue, name -> Layout.of(name, counts.applyAsInt(name)));
    }

    /**
     * Returns the other layouts in which the store holds the queue, at most ten seconds ago, or when it last answered.
     *
     * @throws StoreUnavailableException when the store has never answered
     */
    List<Layout> others(String queue) {
        return othersIn(known(), queue);
    }

    /**
     * Returns {@link #others}, in which new jobs may be already: until the store has told them nothing may be stored, or
     * what is there would be stored twice.
     *
     * @throws StoreUnavailableException with {@code REFUSED} when the store has never answered
     */
    List<Layout> othersOfNewJobs(String queue) {
        try {
            return others(queue);
        } catch (StoreUnavailableException e) {
            throw new StoreUnavailableException(
                    e.getMessage() + "; nothing was stored in queue '" + Names.shown(queue)
                            + "', for the store has not told yet in how many partitions it holds it",
                    Outcome.REFUSED,
                    e);
        }
    }

    /**
     * Returns the layouts in which the store holds the queue, at most ten seconds ago, or when it last answered.
     *
     * @throws StoreUnavailableException when the store has never answered
     */
    List<Layout> stored(String queue) {
        return known().layouts().getOrDefault(queue, List.of());
    }

    /**
     * Returns {@link #stored}, or null when the store has never told the names of its queues although it answers for a
     * partition, since the server of the names is away and that of the partition is not. One caller asks for them again
     * every ten seconds, and nobody else waits for it.
     *
     * @throws StoreUnavailableException when the store does not answer for the partition either
     */
    @Nullable
    List<Layout> storedIfKnown(Partition partition) {
        Seen last = seen;
        if (!last.known() && isDue(last)) {
            boolean unusedSinceAnyAnswerWillDo = ledger.isEmpty(partition.name());
        }
        Seen now = lately();
        return now.known() ? now.layouts().getOrDefault(partition.queue(), List.of()) : null;
    }

    /**
     * Asks the store now. One that does not answer leaves what was known.
     *
     * @throws StoreUnavailableException when the store has never answered
     */
    void refresh() {
        Seen unused = seen.known() ? refreshed() : read();
    }

    /** Returns the names of all queues that the store holds. */
    Set<String> queues() {
        return read().layouts().keySet();
    }

    private List<Layout> othersIn(Seen now, String queue) {
        List<Layout> layouts = now.layouts().get(queue);
        if (layouts == null) {
            return List.of();
        }
        int own = current(queue).count();
        return layouts.size() == 1 && layouts.get(0).count() == own
                ? List.of()
                : layouts.stream().filter(layout -> layout.count() != own).toList();
    }

    /** Before anything is known every caller asks: none may go on without an answer, nor wait for the call of another. */
    private Seen known() {
        return seen.known() ? lately() : read();
    }

    /** What is known may be nothing, but not before the store was asked. */
    private Seen lately() {
        Seen now = seen;
        if (!now.asked()) {
            return refreshed();
        }
        return isDue(now) && refreshing.compareAndSet(false, true) ? refreshed() : now;
    }

    private boolean isDue(Seen last) {
        return !last.asked() || nanos.getAsLong() - last.at() > BELIEVED.toNanos();
    }

    /** A store that does not answer is not asked again for a while, so that no call waits for it twice. */
    private Seen refreshed() {
        try {
            return read();
        } catch (StoreUnavailableException e) {
            log.debug("The store did not tell in how many partitions its queues are; what was known counts", e);
            return unanswered();
        } finally {
            refreshing.set(false);
        }
    }

    private Seen read() {
        Map<String, List<Layout>> layouts = ledger.queues().stream()
                .map(Partition::named)
                .map(partition -> new Counted(partition.queue(), partition.of()))
                .distinct()
                .collect(Collectors.groupingBy(
                        Counted::queue,
                        Collectors.mapping(
                                counted -> Layout.of(counted.queue(), counted.count()),
                                Collectors.toUnmodifiableList())));
        return told(layouts);
    }

    private synchronized Seen told(Map<String, List<Layout>> layouts) {
        seen = new Seen(Map.copyOf(layouts), true, true, nanos.getAsLong());
        return seen;
    }

    /** Another caller may have been told meanwhile. */
    private synchronized Seen unanswered() {
        seen = new Seen(seen.layouts(), true, seen.known(), nanos.getAsLong());
        return seen;
    }

    /** Returns the current layout and then the others. */
    List<Layout> all(String queue) {
        List<Layout> others = others(queue);
        return others.isEmpty()
                ? List.of(current(queue))
                : Stream.concat(Stream.of(current(queue)), others.stream()).toList();
    }

    private record Counted(String queue, int count) {}

    /**
     * What the store has told.
     *
     * @param asked whether it ever was asked
     * @param known whether it ever has told
     * @param at when it was last asked, by the monotonic clock
     */
    private record Seen(Map<String, List<Layout>> layouts, boolean asked, boolean known, long at) {}
}
