package io.jobqueue;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where an application enqueues jobs and looks after them. Thread-safe; one instance serves a process.
 *
 * <p>Every call that stores or changes something has one of three ends: it returns, and then it has
 * happened; it throws {@link InvalidJobException}, and then nothing was stored; or it throws
 * {@link StoreUnavailableException}, whose outcome says whether it certainly did not happen or may
 * have. An enqueue that may have happened throws {@link EnqueueUnknownException}, which names the ids with which a
 * repeat does not enqueue twice; so it does when its queue asks for a {@link Durability} that was not confirmed in time.
 */
public interface JobQueue {

    /** The queue of jobs that name none. */
    String DEFAULT_QUEUE = "default";

    /**
     * Enqueues {@code payload} under the type of its class; see {@link JobType}.
     *
     * @throws InvalidJobException when the payload is null, cannot be written or is too large
     * @throws StoreUnavailableException when the store did not answer
     */
    Enqueued enqueue(Object payload);

    /**
     * Enqueues {@code payload} under {@code type}. The type needs no handler in this process.
     *
     * @throws InvalidJobException when the type is not a name, or the payload is null, cannot be written
     *     or is too large
     * @throws StoreUnavailableException when the store did not answer
     */
    Enqueued enqueue(String type, Object payload);

    /**
     * Enqueues {@code payload} under {@code type} with whatever {@code options} says about the job, as in
     * {@code enqueue("mail", mail, job -> job.delay(Duration.ofMinutes(5)))}. A payload that names its type itself goes
     * into {@link JobRequest#of(Object)}.
     *
     * @param options is given the request to add to; called once, on the calling thread
     * @throws InvalidJobException when an argument is null, an option is out of bounds, or the payload cannot be written
     *     or is too large; nothing was stored
     * @throws EnqueueUnknownException when the job may be stored; repeating with the id it names is safe
     * @throws StoreUnavailableException when nothing was stored because the store did not answer
     */
    default Enqueued enqueue(String type, Object payload, Consumer<JobRequest.Builder> options) {
        JobRequest.Builder request = JobRequest.of(type, payload);
        Values.require("options", options, "leave them out when there is nothing to say")
                .accept(request);
        return enqueue(request.build());
    }

    /**
     * Enqueues one job.
     *
     * @throws InvalidJobException when the payload cannot be written or is too large
     * @throws JobQueueException when the engine was closed before; nothing was stored
     * @throws EnqueueUnknownException when the job may be stored; repeating with the id it names is safe
     * @throws StoreUnavailableException when nothing was stored because the store did not answer
     */
    Enqueued enqueue(JobRequest request);

    /**
     * Enqueues many jobs with few round trips. All requests are checked before the first is stored.
     *
     * @return one answer a request, in the same order; empty for an empty collection
     * @throws InvalidJobException naming the first request that is wrong; nothing was stored
     * @throws EnqueueUnknownException when all or a part may be stored; repeating with the ids it names is safe
     * @throws StoreUnavailableException when nothing was stored because the store did not answer
     */
    List<Enqueued> enqueueAll(Collection<JobRequest> requests);

    /**
     * Enqueues one job and waits until it has ended. If a job with the request's id exists, this call joins
     * it: a kept result is returned at once, a running job is awaited. Blocks the calling thread.
     *
     * @param resultType what the result is read as
     * @param timeout how long to wait; the job goes on when it has passed
     * @return the handler's result, or null when it returned none
     * @throws JobFailedException when the job failed for good
     * @throws JobCancelledException when the job was cancelled
     * @throws JobWaitTimeoutException when the timeout passed first
     * @throws InvalidJobException when an argument is null or out of bounds, or the payload cannot be written or
     *     is too large; nothing was stored
     * @throws JobQueueException when the engine was closed before, then nothing was stored, or while this call waited
     * @throws EnqueueUnknownException when the job may be stored; repeating with the id it names is safe
     * @throws StoreUnavailableException when nothing was stored because the store did not answer
     */
    <R> @Nullable R enqueueAndWait(JobRequest request, Class<R> resultType, Duration timeout);

    /**
     * Enqueues one job and returns a future of its result; otherwise like
     * {@link #enqueueAndWait(JobRequest, Class, Duration)}. Cancelling the future stops the waiting, not the job.
     *
     * @return a future that ends with the result or one of the exceptions named there
     */
    <R> CompletableFuture<@Nullable R> enqueueForResult(JobRequest request, Class<R> resultType, Duration timeout);

    /**
     * Returns the job as it stands, or empty when the queue holds no such job (never enqueued, or removed
     * after its retention).
     *
     * @throws UnreadableJobException when it has not ended and is stored in a form that this release cannot read
     * @throws StoreUnavailableException when the store did not answer
     */
    Optional<JobSnapshot> find(JobId id);

    /**
     * Returns the attempts of a job that are over; see {@link QueueOperations#history}.
     *
     * @throws StoreUnavailableException when the store did not answer
     */
    List<Attempt> history(JobId id);

    /**
     * Returns the jobs of this id in all queues; one call of the store a queue.
     *
     * @return the jobs, ordered by queue; empty when no queue holds one
     * @throws InvalidJobException when {@code jobId} is not a name
     * @throws UnreadableJobException when a queue holds one that cannot be read
     * @throws StoreUnavailableException when the store did not answer
     */
    List<JobSnapshot> locate(String jobId);

    /**
     * Returns every queue at a glance; the cost depends on how many queues there are, not on how many jobs.
     *
     * @return one overview a queue, ordered by name; empty before the first job
     * @throws StoreUnavailableException when the store did not answer
     */
    List<QueueOverview> overview();

    /**
     * Cancels a job: at once when it has not started, by telling its worker when it is running.
     *
     * @throws StoreUnavailableException when the store did not answer; repeating is safe
     */
    Cancellation cancel(JobId id);

    /**
     * Returns how many jobs of a queue are in each state; all zero for a queue never used.
     *
     * @throws StoreUnavailableException when the store did not answer
     */
    QueueCounts counts(String queue);

    /**
     * Returns what can be done by hand with a queue.
     *
     * @throws InvalidJobException when {@code name} is not a name
     */
    QueueOperations queue(String name);

    /**
     * Returns the names of all queues that ever held a job and were not erased since.
     *
     * @throws StoreUnavailableException when the store did not answer
     */
    Set<String> queues();

    /**
     * Tells {@code listener} what happens to the jobs of a queue from now on, whichever process makes it happen; see
     * {@link JobListener}. The queue need not exist. When the store does not answer now, the listener begins as soon as it
     * does. Ends with the subscription or the engine. Repeating adds the listener again.
     *
     * @return what ends it
     * @throws InvalidJobException when {@code queue} is not a name or {@code listener} is null
     * @throws JobQueueException when the engine was closed
     */
    JobSubscription listen(String queue, JobListener listener);

    /**
     * Returns the workers of a queue that are alive; see {@link QueueOperations#workers}.
     *
     * @throws InvalidJobException when {@code queue} is not a name
     * @throws StoreUnavailableException when the store did not answer
     */
    List<LiveWorker> workers(String queue);

    /**
     * Pauses every queue of {@link #queues()}, one after the other, as {@link QueueOperations#pause()} does. A queue that
     * is first used later is not paused.
     *
     * @throws StoreUnavailableException when the store did not answer; some queues may be paused, repeating is safe
     */
    void pauseAll();

    /**
     * Ends the pause of every queue of {@link #queues()}, one after the other, however it was paused as a whole; types and
     * workers that are paused one by one stay so.
     *
     * @throws StoreUnavailableException when the store did not answer; some queues may be resumed, repeating is safe
     */
    void resumeAll();
}
