package io.jobqueue.spring.actuate;

import io.jobqueue.JobQueueException;
import io.jobqueue.QueueOverview;
import io.jobqueue.store.JobLedger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The queues at a glance, read together and kept for an interval, so that a scrape of many gauges asks the store
 * once. A queue that cannot be read is left out, and all are while the store does not answer.
 */
final class QueueSnapshot {

    private static final int MOST_QUEUES = 200;

    /** A store that hangs for every queue must not hold up a scrape for all of them. */
    private static final long MOST_WAITING = Duration.ofSeconds(5).toNanos();

    private final JobLedger ledger;
    private final Duration interval;
    private final Supplier<Set<String>> ownQueues;
    private final Consumer<Set<String>> seen;
    private final LongSupplier nanos;
    private final InstantSource clock;
    private Map<String, Standing> queues = Map.of();
    private @Nullable Long takenAt;

    /**
     * Reads from {@code ledger}.
     *
     * @param interval how long a reading holds
     * @param ownQueues the queues this process works off; they come first when there are too many
     * @param seen is told the queues there are, whether they could be read or not, when the store has named them
     * @param clock tells how old a job is whose time the store has noted
     */
    QueueSnapshot(
            JobLedger ledger,
            Duration interval,
            Supplier<Set<String>> ownQueues,
            Consumer<Set<String>> seen,
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
            takenAt = now; // whoever reads gauges while they are made gets what was read before
            queues = read();
            takenAt = nanos.getAsLong(); // a reading that took long is not old when it comes
        }
        return queues;
    }

    private Map<String, Standing> read() {
        Set<String> names;
        try {
            names = names();
        } catch (JobQueueException e) {
            return Map.of();
        }
        seen.accept(names);
        Map<String, Standing> read = new TreeMap<>();
        long failing = 0;
        for (String queue : names) {
            long asked = nanos.getAsLong();
            try {
                read.put(queue, Standing.at(clock.instant(), ledger.overview(queue)));
            } catch (JobQueueException e) {
                failing += nanos.getAsLong() - asked;
                if (failing > MOST_WAITING) {
                    break;
                }
            }
        }
        return read;
    }

    /** The same ones every time, when there are too many. */
    private Set<String> names() {
        Set<String> names = new LinkedHashSet<>(ownQueues.get());
        for (String queue : new TreeSet<>(ledger.queues())) {
            if (names.size() >= MOST_QUEUES) {
                break;
            }
            names.add(queue);
        }
        return Collections.unmodifiableSet(names);
    }
}
