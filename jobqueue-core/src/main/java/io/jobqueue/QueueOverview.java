package io.jobqueue;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A queue at a glance, from counters and the heads of its lines: reading it costs the same however many jobs there are.
 *
 * @param counts how many jobs are in each state
 * @param paused whether the whole queue is paused
 * @param pausedTypes the types that are paused one by one
 * @param lastActivity when a job was last enqueued, claimed or settled, by the store's clock; null when never
 * @param oldestWaitingSince since when the oldest of those jobs could have been claimed that are next in line in the
 *     default, the highest and the lowest priority, or of a type that a worker for other types has set aside, by the store's clock; null when none waits. Jobs of paused types do
 *     not count
 */
public record QueueOverview(
        QueueCounts counts,
        boolean paused,
        Set<String> pausedTypes,
        @Nullable Instant lastActivity,
        @Nullable Instant oldestWaitingSince) {

    /** Copies the types. */
    public QueueOverview {
        pausedTypes = Set.copyOf(pausedTypes);
    }

    /** Returns the name of the queue. */
    public String queue() {
        return counts.queue();
    }
}
