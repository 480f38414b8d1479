package io.jobqueue.store;

import java.time.Duration;

/**
 * The life of one worker between two losses of its lease. All claims of a session share one lease: it is
 * extended by every exchange and renewal of the session, and when it ends they all end.
 *
 * @param queue the queue the worker claims from
 * @param id 128 random bits as text, fresh for every session
 * @param worker what people call the worker: at most {@value io.jobqueue.Attempt#MAX_WORKER} characters, the same in
 *     all sessions of a process, not to be relied on to be unique
 * @param lease how long the claims hold without renewal
 * @param epoch grows whenever the worker has given up on a call that got no answer: requests of an earlier epoch that
 *     arrive later are refused, so that they cannot claim for a worker that does not know of it
 */
public record WorkerSession(String queue, String id, String worker, Duration lease, int epoch) {

    /** A session in its first epoch. */
    public WorkerSession(String queue, String id, String worker, Duration lease) {
        this(queue, id, worker, lease, 0);
    }

    /** A session in its first epoch, of a worker called like it. */
    public WorkerSession(String queue, String id, Duration lease) {
        this(queue, id, id, lease, 0);
    }

    /** Returns the same session in its next epoch. */
    public WorkerSession nextEpoch() {
        return new WorkerSession(queue, id, worker, lease, epoch + 1);
    }
}
