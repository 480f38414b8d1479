package io.jobqueue.store;

import java.time.Duration;

/**
 * The life of one worker between two losses of its lease. All claims of a session share one lease: it is
 * extended by every exchange and renewal of the session, and when it ends they all end.
 *
 * @param queue the queue the worker claims from
 * @param id 128 random bits as text, fresh for every session
 * @param lease how long the claims hold without renewal
 * @param epoch grows whenever the worker has given up on a call that got no answer: requests of an earlier epoch that
 *     arrive later are refused, so that they cannot claim for a worker that does not know of it
 */
public record WorkerSession(String queue, String id, Duration lease, int epoch) {

    /** A session in its first epoch. */
    public WorkerSession(String queue, String id, Duration lease) {
        this(queue, id, lease, 0);
    }

    /** Returns the same session in its next epoch. */
    public WorkerSession nextEpoch() {
        return new WorkerSession(queue, id, lease, epoch + 1);
    }
}
