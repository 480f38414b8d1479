package io.jobqueue.spring.autoconfigure;

import io.jobqueue.Durability;
import io.jobqueue.JobQueueException;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.store.DurableEnqueue;
import io.jobqueue.store.JobStore;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** Refuses the start when the store cannot confirm the durability that a queue asks for. */
record DurabilityCheck(JobStore store) {

    void run(JobQueueProperties properties) {
        check("jobqueue.defaults", properties.defaults().durability());
        properties.queues().forEach((name, queue) -> check(QueuePath.of(name), queue.durability()));
    }

    private void check(String queue, @Nullable Durability asked) {
        if (asked == null || asked.equals(Durability.NONE)) {
            return;
        }
        DurableEnqueue durable = store.durableEnqueue()
                .orElseThrow(() -> refused(
                        queue,
                        asked,
                        "the store cannot tell whether anything else has a job; use Redis or Valkey, or set none",
                        null));
        try {
            durable.require(asked);
        } catch (StoreUnavailableException e) {
            // a server that comes up later is asked at the first enqueue
        } catch (JobQueueException e) {
            throw refused(queue, asked, String.valueOf(e.getMessage()), e);
        }
    }

    private static InvalidConfigurationPropertyValueException refused(
            String queue, Durability asked, String reason, @Nullable Throwable cause) {
        return new InvalidConfigurationPropertyValueException(queue + ".durability", asked, reason, cause);
    }
}
