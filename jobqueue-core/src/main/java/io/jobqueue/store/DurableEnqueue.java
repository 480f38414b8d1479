package io.jobqueue.store;

import io.jobqueue.Durability;
import java.time.Duration;
import java.util.List;

/**
 * Enqueues that are answered when more than the store itself has the jobs. Only a store that can tell has this role; see
 * {@link JobStore#durableEnqueue()}.
 */
public interface DurableEnqueue {

    /**
     * Asks the store whether it can confirm what is asked, as it is set up now.
     *
     * @throws io.jobqueue.JobQueueException when it cannot: says what is missing and what to do
     * @throws io.jobqueue.StoreUnavailableException when it does not answer
     */
    void require(Durability durability);

    /**
     * {@code (none) → WAITING | SCHEDULED} like {@link JobTransitions#enqueue}, one step a batch in their order; then
     * waits, once for all of them, until they are as durable as is asked, jobs that were there before included. Workers
     * may claim the jobs meanwhile, and end them: a worker does not wait for what makes the enqueue safe.
     *
     * @param batches the jobs, each list at most {@value ExchangeRequest#MOST}
     * @param durability what must have them
     * @param atMost how long to wait for it once all are written
     * @return one answer a job, in the order of all batches. Repeating is safe: what was stored answers
     *     {@code DUPLICATE}, once it is as durable as is asked.
     * @throws IllegalArgumentException when a batch holds more jobs; nothing was stored
     * @throws io.jobqueue.JobQueueException when the store cannot confirm what is asked; nothing was stored
     * @throws io.jobqueue.StoreUnavailableException with {@code REFUSED} when nothing was stored; with {@code UNKNOWN}
     *     when jobs may be stored, or are and were not confirmed in time
     */
    List<EnqueueAnswer> enqueue(String queue, List<List<NewJob>> batches, Durability durability, Duration atMost);
}
