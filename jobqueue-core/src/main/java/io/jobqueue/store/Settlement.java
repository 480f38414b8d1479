package io.jobqueue.store;

import io.jobqueue.JobError;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a claim ends. When the job's cancellation was requested meanwhile, every settlement ends it
 * {@code CANCELLED}: also {@link Release}, {@link HandBack} and {@link Snooze}, since the job must not run
 * again.
 */
public sealed interface Settlement {

    /** Returns the claim that ends. */
    ClaimToken token();

    /**
     * {@code ACTIVE → COMPLETED}.
     *
     * @param result JSON bytes, or null when the handler returned nothing
     * @param retention how long the job is kept; zero removes it at once
     */
    record Complete(ClaimToken token, byte @Nullable [] result, Duration retention) implements Settlement {}

    /**
     * {@code ACTIVE → SCHEDULED}, or {@code WAITING} when the delay is zero. The attempt is charged.
     *
     * @param error why the attempt failed
     */
    record Retry(ClaimToken token, Duration delay, JobError error) implements Settlement {}

    /**
     * {@code ACTIVE → FAILED}. The attempt is charged.
     *
     * @param error why the job failed
     * @param retention how long the job is kept; zero removes it at once
     */
    record Fail(ClaimToken token, JobError error, Duration retention) implements Settlement {}

    /**
     * {@code ACTIVE → CANCELLED}.
     *
     * @param retention how long the job is kept; zero removes it at once
     */
    record Cancel(ClaimToken token, Duration retention) implements Settlement {}

    /** {@code ACTIVE → WAITING} at its old place. The attempt is not charged. */
    record Release(ClaimToken token) implements Settlement {}

    /**
     * {@code ACTIVE → SCHEDULED}: this worker has no handler, another may. The attempt is not charged, the
     * hand-back is counted.
     */
    record HandBack(ClaimToken token, Duration delay) implements Settlement {}

    /**
     * {@code ACTIVE → SCHEDULED}, or {@code WAITING} behind all others when the delay is zero: its handler puts
     * the job off. Neither the attempt is charged nor a hand-back counted.
     */
    record Snooze(ClaimToken token, Duration delay) implements Settlement {}
}
