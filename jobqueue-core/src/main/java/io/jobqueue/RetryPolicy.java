package io.jobqueue;

import java.time.Duration;
import java.util.Optional;

/**
 * Decides whether a failed attempt is followed by another, and when. Must be a pure function: the same
 * attempt gives the same answer, on any thread.
 */
@FunctionalInterface
public interface RetryPolicy {

    /**
     * Returns the delay before the next attempt, zero for at once, or empty when the job has failed.
     * The engine treats a policy that throws or answers a negative delay as empty.
     */
    Optional<Duration> delayAfter(FailedAttempt failed);

    /** Returns a policy that waits by {@code backoff} until the job's attempts are used up. */
    static RetryPolicy backoff(Backoff backoff) {
        return new BackoffPolicy(backoff);
    }
}
