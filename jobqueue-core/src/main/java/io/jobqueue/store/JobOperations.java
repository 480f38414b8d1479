package io.jobqueue.store;

import io.jobqueue.JobState;
import io.jobqueue.Removal;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an operator does by hand. Every step is atomic; repeating is safe unless said otherwise. */
public interface JobOperations {

    /** {@code any state but ACTIVE → (none)}: erases the job and everything kept of it. Who waits for it is told it was cancelled. */
    Removal remove(String queue, String jobId);

    /**
     * {@code FAILED | COMPLETED | CANCELLED → WAITING} at the end, with attempts, crashes and hand-backs counted anew;
     * result, error and progress are dropped.
     *
     * @param jobIds at most {@value ExchangeRequest#MOST}
     * @return for each id, in order, whether it was replayed; a job in any other state is left alone
     */
    List<Boolean> replay(String queue, List<String> jobIds);

    /**
     * {@code SCHEDULED → WAITING} at the end, before its time.
     *
     * @return false when the job is not scheduled
     */
    boolean promote(String queue, String jobId);

    /**
     * Changes a job that is {@code SCHEDULED} or {@code WAITING}. A change of priority or delay gives it a new place
     * at the end; a change of payload alone leaves it where it is.
     *
     * @return false when the job is in neither state; then nothing changed. Repeating moves it to the end again.
     */
    boolean change(String queue, String jobId, JobChange change);

    /**
     * Keeps an ended job for {@code retention} from now; zero removes it.
     *
     * @return false when the queue holds no ended job of this id
     */
    boolean retain(String queue, String jobId, Duration retention);

    /**
     * Lets no job of the type be claimed until {@link #resume}; what runs goes on. Jobs of other types are not held up.
     *
     * @param type the type; null for every job of the queue
     */
    void pause(String queue, @Nullable String type);

    /** Ends a {@link #pause} of the same type; the jobs it held up return to their old places. */
    void resume(String queue, @Nullable String type);

    /** Returns whether the whole queue is paused. */
    boolean isPaused(String queue);

    /** Returns the types that are paused one by one; unmodifiable. */
    Set<String> pausedTypes(String queue);

    /**
     * {@code SCHEDULED | WAITING → (none)}: erases jobs that have not started, the next to run first.
     *
     * @param limit the most jobs of one call, at most {@value ExchangeRequest#MOST}
     * @return how many were erased; call again while it is not zero
     */
    int drain(String queue, int limit);

    /**
     * Erases jobs that ended in {@code state} longer ago than {@code olderThan}.
     *
     * @param state a terminal state
     * @param limit the most jobs of one call, at most {@value ExchangeRequest#MOST}
     * @return how many were erased; call again while it is not zero
     */
    int clean(String queue, JobState state, Duration olderThan, int limit);

    /**
     * Erases the queue with everything in it, in one step. For tests and for queues that are given up.
     *
     * @param force whether running jobs are erased too; their workers find out when they settle
     * @return false when a job is {@code ACTIVE} and {@code force} is not given; then nothing changed
     */
    boolean obliterate(String queue, boolean force);
}
