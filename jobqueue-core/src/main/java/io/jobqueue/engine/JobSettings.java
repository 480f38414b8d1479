package io.jobqueue.engine;

import io.jobqueue.Durations;
import io.jobqueue.InvalidJobException;
import io.jobqueue.JobRequest;
import io.jobqueue.RetryPolicy;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How jobs run and how long they are kept, as far as one source says it: a queue, a handler or the
 * defaults. A null leaves the choice to the next source; see {@link #orElse}.
 *
 * @param maxAttempts how many attempts a job has, the first included
 * @param retry whether and when a failed attempt is followed by another
 * @param timeout how long one attempt may run
 * @param completedRetention how long a completed job is kept; zero removes it at once
 * @param failedRetention how long a failed job is kept
 * @param cancelledRetention how long a cancelled job is kept
 * @param noRetryFor a thrown error that is an instance of one of these fails the job at once; empty for none. Goes
 *     before {@code retryFor}
 * @param retryFor a thrown error that is an instance of none of these fails the job at once; empty for all are
 *     retried. Neither set looks at causes, and neither is asked about a timeout or about what {@link
 *     io.jobqueue.JobOutcomes} says
 */
public record JobSettings(
        @Nullable Integer maxAttempts,
        @Nullable RetryPolicy retry,
        @Nullable Duration timeout,
        @Nullable Duration completedRetention,
        @Nullable Duration failedRetention,
        @Nullable Duration cancelledRetention,
        @Nullable Set<Class<? extends Throwable>> noRetryFor,
        @Nullable Set<Class<? extends Throwable>> retryFor) {

    /** Says nothing. */
    public static final JobSettings NONE = new JobSettings(null, null, null, null, null, null);

    /** Copies the sets and checks the bounds.
     *
     * @throws InvalidJobException naming the value that is out of bounds */
    public JobSettings {
        if (maxAttempts != null && (maxAttempts < 1 || maxAttempts > JobRequest.MOST_ATTEMPTS)) {
            throw new InvalidJobException("maxAttempts " + maxAttempts + ": must be 1 to " + JobRequest.MOST_ATTEMPTS);
        }
        if (timeout != null) {
            Durations.requirePositive("timeout", timeout);
        }
        if (completedRetention != null) {
            Durations.requireZeroOrMore("completedRetention", completedRetention);
        }
        if (failedRetention != null) {
            Durations.requireZeroOrMore("failedRetention", failedRetention);
        }
        if (cancelledRetention != null) {
            Durations.requireZeroOrMore("cancelledRetention", cancelledRetention);
        }
        noRetryFor = noRetryFor == null ? null : Set.copyOf(noRetryFor);
        retryFor = retryFor == null ? null : Set.copyOf(retryFor);
    }

    /**
     * Says nothing of which errors are retried.
     *
     * @throws InvalidJobException naming the value that is out of bounds
     */
    public JobSettings(
            @Nullable Integer maxAttempts,
            @Nullable RetryPolicy retry,
            @Nullable Duration timeout,
            @Nullable Duration completedRetention,
            @Nullable Duration failedRetention,
            @Nullable Duration cancelledRetention) {
        this(maxAttempts, retry, timeout, completedRetention, failedRetention, cancelledRetention, null, null);
    }

    /**
     * Returns these settings with other words on which errors are retried.
     *
     * @param noRetryFor see there; null leaves the choice to the next source
     * @param retryFor see there; null leaves the choice to the next source
     */
    public JobSettings withErrors(
            @Nullable Set<Class<? extends Throwable>> noRetryFor, @Nullable Set<Class<? extends Throwable>> retryFor) {
        return new JobSettings(
                maxAttempts,
                retry,
                timeout,
                completedRetention,
                failedRetention,
                cancelledRetention,
                noRetryFor,
                retryFor);
    }

    /** Returns these settings with every null taken from {@code other}. */
    public JobSettings orElse(JobSettings other) {
        return new JobSettings(
                maxAttempts != null ? maxAttempts : other.maxAttempts,
                retry != null ? retry : other.retry,
                timeout != null ? timeout : other.timeout,
                completedRetention != null ? completedRetention : other.completedRetention,
                failedRetention != null ? failedRetention : other.failedRetention,
                cancelledRetention != null ? cancelledRetention : other.cancelledRetention,
                noRetryFor != null ? noRetryFor : other.noRetryFor,
                retryFor != null ? retryFor : other.retryFor);
    }
}
