package io.jobqueue.engine;

import io.jobqueue.RetryPolicy;
import io.jobqueue.store.JobOptions;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How jobs run and how long they are kept, decided: {@link JobSettings} in which nothing is left open.
 *
 * @param maxAttempts how many attempts a job has
 * @param retry whether and when a failed attempt is followed by another
 * @param retryable which errors are worth that
 * @param timeout how long one attempt may run; null for as long as it takes
 * @param completedRetention how long a completed job is kept
 * @param failedRetention how long a failed job is kept
 * @param cancelledRetention how long a cancelled job is kept
 */
record JobRules(
        int maxAttempts,
        RetryPolicy retry,
        RetryableErrors retryable,
        @Nullable Duration timeout,
        Duration completedRetention,
        Duration failedRetention,
        Duration cancelledRetention) {

    /** Returns the rules that {@code settings} give; they must be completed by the built-in ones. */
    static JobRules of(JobSettings settings) {
        return new JobRules(
                Objects.requireNonNull(settings.maxAttempts()),
                Objects.requireNonNull(settings.retry()),
                new RetryableErrors(
                        Objects.requireNonNull(settings.noRetryFor()), Objects.requireNonNull(settings.retryFor())),
                settings.timeout(),
                Objects.requireNonNull(settings.completedRetention()),
                Objects.requireNonNull(settings.failedRetention()),
                Objects.requireNonNull(settings.cancelledRetention()));
    }

    /** Returns these rules with one retention for every end. */
    JobRules keepingFor(Duration retention) {
        return new JobRules(maxAttempts, retry, retryable, timeout, retention, retention, retention);
    }

    /** Returns these rules with what the enqueuer said instead, where it said something. */
    JobRules with(JobOptions options) {
        if (options.maxAttempts() == null
                && options.backoff() == null
                && options.timeout() == null
                && options.retention() == null) {
            return this;
        }
        return new JobRules(
                options.maxAttempts() == null ? maxAttempts : options.maxAttempts(),
                options.backoff() == null ? retry : RetryPolicy.backoff(options.backoff()),
                retryable,
                options.timeout() == null ? timeout : options.timeout(),
                options.retention() == null ? completedRetention : options.retention(),
                failedRetention,
                cancelledRetention);
    }
}
