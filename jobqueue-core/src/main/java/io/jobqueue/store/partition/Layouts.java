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
        seen = new Seen(Map.of(), false, nanos.getAsLong() - 2 * BELIEVED.toNanos());
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
                    "queue '" + Names.shown(queue) + "': it is not known whether it is held in another number of "
                            + "partitions, nothing was stored: " + e.getMessage(),
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
     * Asks the store now. One that does not answer leaves what was known.
     *
     * @throws StoreUnavailableException when the store has never answered
     */
    void refresh() {
        Seen before = seen;
        Seen unused = before.known() ? refreshed(before) : read();
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
        Seen now = seen;
        if (!now.known()) {
            return read();
        }
        boolean due = nanos.getAsLong() - now.at() > BELIEVED.toNanos();
        return due && refreshing.compareAndSet(false, true) ? refreshed(now) : now;
    }

    /** A store that does not answer is not asked again for a while, so that no call waits for it twice. */
    private Seen refreshed(Seen before) {
        try {
            return read();
        } catch (StoreUnavailableException e) {
            log.debug("The store did not tell in how many partitions its queues are; what was known counts", e);
            seen = new Seen(before.layouts(), before.known(), nanos.getAsLong());
            return before;
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
        seen = new Seen(Map.copyOf(layouts), true, nanos.getAsLong());
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
     * @param known whether it ever has
     * @param at when it was last asked, by the monotonic clock
     */
    private record Seen(Map<String, List<Layout>> layouts, boolean known, long at) {}
}
