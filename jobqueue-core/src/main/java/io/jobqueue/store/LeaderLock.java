package io.jobqueue.store;

import java.time.Duration;
import java.util.Optional;

/**
 * Elects, per queue, the one process that does maintenance. Being leader twice at once is harmless, since
 * every maintenance call is idempotent and carries its term; it only wastes work.
 */
public interface LeaderLock {

    /**
     * Takes the lead when it is free, or extends it when {@code candidate} has it.
     *
     * @param ttl how long the lead holds without another call
     * @return the term, with the same number when it was extended; empty when somebody else leads, then
     *     nothing changed. Repeating is safe.
     */
    Optional<Term> acquire(String queue, String candidate, Duration ttl);

    /** Gives the lead back. Does nothing when the term is over; repeating is safe. */
    void release(Term term);
}
