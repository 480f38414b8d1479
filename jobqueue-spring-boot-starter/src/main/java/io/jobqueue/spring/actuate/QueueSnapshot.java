package io.jobqueue.spring.actuate;

import io.jobqueue.JobQueueException;
import io.jobqueue.QueueCounts;
import io.jobqueue.store.JobLedger;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The counts of the queues, read together and kept for ten seconds, so that a scrape of many gauges asks the store
 * once. Empty while the store does not answer.
 */
final class QueueSnapshot {

    private static final long KEPT_NANOS = Duration.ofSeconds(10).toNanos();
    private static final int MOST_QUEUES = 200;

    private final JobLedger ledger;
    private final Supplier<Set<String>> ownQueues;
    private final Consumer<String> seen;
    private final LongSupplier nanos;
    private Map<String, QueueCounts> counts = Map.of();
    private @Nullable Long takenAt;

    /**
     * Reads from {@code ledger}.
     *
     * @param ownQueues the queues this process works off; they come first when there are too many
     * @param seen is told every queue that was counted
     */
    QueueSnapshot(JobLedger ledger, Supplier<Set<String>> ownQueues, Consumer<String> seen, LongSupplier nanos) {
        this.ledger = ledger;
        this.ownQueues = ownQueues;
        this.seen = seen;
        this.nanos = nanos;
    }

    /** Returns the counts by queue, at most ten seconds old. */
    synchronized Map<String, QueueCounts> counts() {
        long now = nanos.getAsLong();
        if (takenAt == null || now - takenAt > KEPT_NANOS) {
            counts = read();
            takenAt = now;
            counts.keySet().forEach(seen);
        }
        return counts;
    }

    private Map<String, QueueCounts> read() {
        try {
            Set<String> queues = new LinkedHashSet<>(ownQueues.get());
            queues.addAll(ledger.queues());
            Map<String, QueueCounts> read = new TreeMap<>();
            for (String queue : queues) {
                if (read.size() == MOST_QUEUES) {
                    break;
                }
                read.put(queue, ledger.counts(queue));
            }
            return read;
        } catch (JobQueueException e) {
            return Map.of();
        }
    }
}
