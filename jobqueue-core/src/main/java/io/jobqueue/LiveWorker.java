package io.jobqueue;

import java.time.Instant;
import java.util.List;

/**
 * A worker that is alive, as it stood when it was read. One that stops is gone at once, one that is killed when its
 * lease ends. All times are of the store's clock.
 *
 * @param name what people call it, {@code jobqueue.worker.name}; processes may share a name
 * @param queue the queue it claims from
 * @param since when it first asked for jobs; it begins anew when it has lost its lease
 * @param leaseUntil when its claims end unless it renews them, which it does while it lives
 * @param holds how many jobs it holds: running, or ended and not settled yet
 * @param jobs the jobs it has held longest, longest first, at most {@value #MOST_JOBS}
 */
public record LiveWorker(String name, String queue, Instant since, Instant leaseUntil, int holds, List<HeldJob> jobs) {

    /** The most jobs that are named. */
    public static final int MOST_JOBS = 100;

    /** Copies the jobs. */
    public LiveWorker {
        jobs = List.copyOf(jobs);
    }

    /**
     * A job that a worker holds.
     *
     * @param id its id in the queue
     * @param since when the worker claimed it
     */
    public record HeldJob(String id, Instant since) {}
}
