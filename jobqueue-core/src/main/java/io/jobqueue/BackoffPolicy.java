package io.jobqueue;

import java.time.Duration;
import java.util.Optional;

/**
 * Waits by a backoff until the attempts are used up.
 *
 * @param backoff the delays
 */
record BackoffPolicy(Backoff backoff) implements RetryPolicy {

    @Override
    public Optional<Duration> delayAfter(FailedAttempt failed) {
        return failed.number() < failed.maxAttempts()
                ? Optional.of(backoff.delayAfter(failed.number(), failed.spread()))
                : Optional.empty();
    }

    /** Shows the delays, for people. */
    @Override
    public String toString() {
        return "initial " + backoff.initial() + ", multiplier " + backoff.multiplier() + ", increment "
                + backoff.increment() + ", max " + backoff.max() + ", jitter " + backoff.jitter();
    }
}
