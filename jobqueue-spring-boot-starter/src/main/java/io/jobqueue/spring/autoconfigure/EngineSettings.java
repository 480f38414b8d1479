package io.jobqueue.spring.autoconfigure;

import io.jobqueue.RetryPolicy;
import io.jobqueue.engine.DurabilitySettings;
import io.jobqueue.engine.JobSettings;
import io.jobqueue.engine.QueueSettings;
import io.jobqueue.engine.RetentionLimits;
import io.jobqueue.engine.StallSettings;
import io.jobqueue.spring.RetryPolicyBeans;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Translates the properties of queues into settings of the engine. */
final class EngineSettings {

    private final JobQueueProperties properties;
    private final RetrySettings retries;

    /** Looks for the policies that properties name among {@code policies}. */
    EngineSettings(JobQueueProperties properties, RetryPolicyBeans policies) {
        this.properties = properties;
        retries = new RetrySettings(properties, policies);
    }

    QueueSettings defaults() {
        JobQueueProperties.Queue defaults = properties.defaults();
        return settings(defaults, retries.ofDefaults(defaults));
    }

    /** A queue that sets a part of its backoff takes the other parts from the defaults. */
    QueueSettings queue(String name) {
        JobQueueProperties.Queue own =
                Objects.requireNonNull(properties.queues().get(name));
        return settings(own, retries.of(name, own));
    }

    private static QueueSettings settings(JobQueueProperties.Queue queue, @Nullable RetryPolicy retry) {
        return new QueueSettings(
                queue.concurrency(),
                queue.lease(),
                new JobSettings(
                        queue.maxAttempts(),
                        retry,
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
}
