package io.jobqueue.spring.actuate;

import io.jobqueue.JobQueueException;
import io.jobqueue.QueueOverview;
import io.jobqueue.store.JobLedger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The queues at a glance, read together and kept for an interval, so that a scrape of many gauges asks the store
 * once. Empty while the store does not answer.
 */
final class QueueSnapshot {

    private static final int MOST_QUEUES = 200;

    private final JobLedger ledger;
    private final Duration interval;
    private final Supplier<Set<String>> ownQueues;
    private final Consumer<String> seen;
    private final LongSupplier nanos;
    private final InstantSource clock;
    private Map<String, Standing> queues = Map.of();
    private @Nullable Long takenAt;

    /**
     * Reads from {@code ledger}.
     *
     * @param interval how long a reading holds
     * @param ownQueues the queues this process works off; they come first when there are too many
     * @param seen is told every queue that was read
     * @param clock tells how old a job is whose time the store has noted
     */
    QueueSnapshot(
            JobLedger ledger,
            Duration interval,
            Supplier<Set<String>> ownQueues,
            Consumer<String> seen,
            LongSupplier nanos,
            InstantSource clock) {
        this.ledger = ledger;
        this.interval = interval;
        this.ownQueues = ownQueues;
        this.seen = seen;
        this.nanos = nanos;
        this.clock = clock;
    }

    /**
     * A queue when it was read.
     *
     * @param overview what the store has said
     * @param latency for how long the oldest of its next jobs has waited then; zero when none waits
     */
    record Standing(QueueOverview overview, Duration latency) {

        /** Describes a queue that was read at {@code now}; clocks may differ a little. */
        static Standing at(Instant now, QueueOverview overview) {
            Instant oldest = overview.oldestWaitingSince();
            boolean waits = oldest != null && oldest.isBefore(now);
            return new Standing(overview, waits ? Duration.between(oldest, now) : Duration.ZERO);
        }
    }

    /** Returns the queues by name, as they were at most an interval ago. */
    synchronized Map<String, Standing> queues() {
        long now = nanos.getAsLong();
        if (takenAt == null || now - takenAt > interval.toNanos()) {
            queues = read();
            takenAt = now;
            queues.keySet().forEach(seen);
        }
        return queues;
    }

    private Map<String, Standing> read() {
        try {
            Set<String> names = new LinkedHashSet<>(ownQueues.get());
            names.addAll(ledger.queues());
            Map<String, Standing> read = new TreeMap<>();
            for (String queue : names) {
                if (read.size() == MOST_QUEUES) {
                    break;
                }
                QueueOverview overview = ledger.overview(queue);
                read.put(queue, Standing.at(clock.instant(), overview));
            }
            return read;
        } catch (JobQueueException e) {
            return Map.of();
        }
    }
}
