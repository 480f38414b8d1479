package io.jobqueue.spring.autoconfigure;

import io.jobqueue.Backoff;
import io.jobqueue.RetryPolicy;
import io.jobqueue.engine.DurabilitySettings;
import io.jobqueue.engine.JobSettings;
import io.jobqueue.engine.QueueSettings;
import io.jobqueue.engine.RetentionLimits;
import io.jobqueue.engine.StallSettings;
import org.jspecify.annotations.Nullable;

/** Translates the properties of queues into settings of the engine. */
final class EngineSettings {

    private EngineSettings() {}

    static QueueSettings defaults(JobQueueProperties properties) {
        return settings(properties.defaults(), Backoff.DEFAULT);
    }

    /** A queue that sets a part of its backoff takes the other parts from the defaults. */
    static QueueSettings queue(JobQueueProperties properties, JobQueueProperties.Queue own) {
        return settings(own, backoff(properties.defaults().backoff(), Backoff.DEFAULT));
    }

    static Backoff backoff(JobQueueProperties.Backoff own, Backoff other) {
        return new Backoff(
                own.initial() != null ? own.initial() : other.initial(),
                own.multiplier() != null ? own.multiplier() : other.multiplier(),
                own.increment() != null ? own.increment() : other.increment(),
                own.max() != null ? own.max() : other.max(),
                own.jitter() != null ? own.jitter() : other.jitter());
    }

    private static QueueSettings settings(JobQueueProperties.Queue queue, Backoff otherBackoff) {
        return new QueueSettings(
                queue.concurrency(),
                queue.lease(),
                new JobSettings(
                        queue.maxAttempts(),
                        retry(queue.backoff(), otherBackoff),
                        queue.timeout(),
                        queue.retention().completed(),
                        queue.retention().failed(),
                        queue.retention().cancelled(),
                        queue.noRetryFor(),
                        queue.retryFor()),
                new StallSettings(queue.stallPolicy(), queue.maxCrashes()),
                new RetentionLimits(
                        queue.retention().maxCompleted(),
                        queue.retention().maxFailed(),
                        queue.retention().maxCancelled()),
                queue.types(),
                queue.order(),
                new DurabilitySettings(queue.durability(), queue.durabilityTimeout()),
                queue.partitions());
    }

    private static @Nullable RetryPolicy retry(JobQueueProperties.Backoff own, Backoff other) {
        boolean says = own.initial() != null || own.multiplier() != null || own.max() != null || own.jitter() != null;
        return says ? RetryPolicy.backoff(backoff(own, other)) : null;
    }
}
