package io.jobqueue;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an operator does by hand with one queue and its jobs. Thread-safe; every step on a job is atomic.
 *
 * <p>Every method throws {@link StoreUnavailableException} when the store did not answer; repeating is safe.
 */
public interface QueueOperations {

    /** The most jobs of a page, and the most ids of a call. */
    int MOST = 100;

    /** Returns how many jobs are in each state; all zero for a queue never used. */
    QueueCounts counts();

    /**
     * Returns one page of the jobs in a state: scheduled ones by due time, waiting ones in the order they would run,
     * failed ones newest first, others in no order. Jobs that change state between two pages may be missed or come twice,
     * and where there is no order others with them. A page of large jobs may hold fewer than the limit although
     * {@link JobPage#next()} says that more follow.
     *
     * @param cursor {@link JobPage#next()} of the page before; null for the first
     * @param limit the most jobs of the page, 1 to {@value #MOST}
     * @throws InvalidJobException when the limit is out of bounds
     * @throws IllegalArgumentException when the cursor is none of these pages, perhaps since the queue has another number
     *     of partitions now: begin again without one
     */
    JobPage list(JobState state, @Nullable String cursor, int limit);

    /**
     * Returns one page of the jobs that fulfil a query. A call looks at about a thousand jobs and answers what it has
     * found by then, so a page may hold fewer jobs than the limit, or none, although {@link JobPage#next()} says that
     * more follow. Jobs that change state between two pages may be missed or come twice.
     *
     * @param cursor {@link JobPage#next()} of the page before, for the same query; null for the first
     * @param limit the most jobs of the page, 1 to {@value #MOST}
     * @throws InvalidJobException when the limit is out of bounds
     * @throws IllegalArgumentException when the cursor is none of these pages, perhaps since the queue has another number
     *     of partitions now: begin again without one
     */
    JobPage search(JobQuery query, @Nullable String cursor, int limit);

    /** Returns the queue at a glance: counts, pauses, when something happened last, how long jobs have been waiting. */
    QueueOverview overview();

    /**
     * Returns the states of many jobs in one round trip; empty where the queue holds no such job.
     *
     * @param jobIds at most {@value #MOST}
     * @throws InvalidJobException when there are more or one is not a name
     */
    List<Optional<JobState>> states(List<String> jobIds);

    /**
     * Returns what the runs of a job have logged by {@link JobContext#log}, oldest line first: the newest
     * {@value LogLine#MOST}. Empty when there is nothing, or no such job.
     */
    List<LogLine> log(String jobId);

    /**
     * Returns the attempts of a job that are over, oldest first: the newest {@value Attempt#MOST}. They are kept as long
     * as the job, until it is replayed or enqueued anew. Empty when there is none, or no such job.
     */
    List<Attempt> history(String jobId);

    /** Erases a job and everything kept of it, unless it is running. Who waits for it is told it was cancelled. */
    Removal remove(String jobId);

    /**
     * Lets a job that has ended run again as if it were new, at the end of the queue.
     *
     * @return false when the queue holds no ended job of this id
     */
    boolean replay(String jobId);

    /**
     * Lets jobs that have ended run again as if they were new, in this order; others are left alone.
     *
     * @param jobIds any number; they are replayed a hundred at a time
     * @return how many were replayed
     * @throws InvalidJobException when one is not a name; then none was replayed
     */
    long replay(Collection<String> jobIds);

    /**
     * Lets every failed job run again.
     *
     * @return how many
     */
    long replayFailed();

    /**
     * Lets every failed job of a type run again.
     *
     * @return how many
     */
    long replayFailed(String type);

    /**
     * Lets every job that has ended in a state run again, once each: what ends while this goes on is left alone. All ids
     * are read first, so this needs memory for them.
     *
     * @param state a terminal state
     * @return how many
     * @throws InvalidJobException when the state is not terminal
     */
    long replayAll(JobState state);

    /**
     * Erases jobs and everything kept of them; those that are running stay.
     *
     * @param jobIds any number
     * @return how many were erased
     * @throws InvalidJobException when one is not a name; then none was erased
     */
    long removeAll(Collection<String> jobIds);

    /**
     * Lets a scheduled job wait now.
     *
     * @return false when the job is not scheduled
     */
    boolean promote(String jobId);

    /**
     * Changes the priority of a job that has not started; it goes to the end of its new priority.
     *
     * @return false when the job is neither scheduled nor waiting
     */
    boolean changePriority(String jobId, int priority);

    /**
     * Changes when a job that has not started is due: so long from now; zero lets it wait at the end at once.
     *
     * @return false when the job is neither scheduled nor waiting
     */
    boolean changeDelay(String jobId, Duration delay);

    /**
     * Changes the payload of a job that has not started; it keeps its place.
     *
     * @return false when the job is neither scheduled nor waiting
     * @throws InvalidJobException when the payload is null, cannot be written or is too large, or when its class says
     *     another {@linkplain JobType#version() version} than the job was enqueued with
     */
    boolean changePayload(String jobId, Object payload);

    /**
     * Keeps an ended job for a time from now; zero removes it.
     *
     * @return false when the queue holds no ended job of this id
     */
    boolean retain(String jobId, Duration retention);

    /** Lets no job of the queue start, in any process, until {@link #resume()}; what runs goes on. */
    void pause();

    /** Lets no job of a type start, in any process, until {@link #resume(String)}; other types are not held up. */
    void pause(String type);

    /** Ends {@link #pause()}. */
    void resume();

    /** Ends {@link #pause(String)}; the jobs it held up return to their old places. */
    void resume(String type);

    /** Returns whether the whole queue is paused. */
    boolean isPaused();

    /** Returns the types that are paused one by one; unmodifiable. */
    Set<String> pausedTypes();

    /** Returns the workers of the queue that are alive, by name, then oldest first; see {@link LiveWorker}. */
    List<LiveWorker> workers();

    /**
     * Lets a worker start no job of this queue until {@link #resumeWorker}; what it runs goes on, and other workers are
     * not held up. The pause is kept with the queue: it also holds for a worker of this name that is started later.
     *
     * @param worker its name; see {@link LiveWorker#name()}
     * @throws InvalidJobException when it is no name, or longer than {@value Attempt#MAX_WORKER} characters
     */
    void pauseWorker(String worker);

    /** Ends {@link #pauseWorker}; the worker looks for jobs again after at most {@code jobqueue.worker.claim-wait}. */
    void resumeWorker(String worker);

    /** Returns the names of the workers that are paused, alive or not; unmodifiable. */
    Set<String> pausedWorkers();

    /**
     * Erases every job that has not started.
     *
     * @return how many
     */
    long drain();

    /**
     * Erases the jobs that ended in a state longer ago than {@code olderThan}.
     *
     * @param state a terminal state
     * @return how many
     * @throws InvalidJobException when the state is not terminal
     */
    long clean(JobState state, Duration olderThan);

    /**
     * Erases the queue with everything in it.
     *
     * @return false when jobs are running; then nothing was erased
     */
    boolean obliterate();

    /** Erases the queue with everything in it, running jobs too: what they still do is dropped. For tests. */
    void clear();
}
