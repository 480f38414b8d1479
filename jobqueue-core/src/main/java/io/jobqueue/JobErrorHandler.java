package io.jobqueue;

import java.time.Duration;

/**
 * Has a say in what follows a failed attempt, after the retry policy and the settings have planned it. Handlers are
 * called in the order of their registration, each with what the one before decided, on the thread that ran the job
 * and under its timeout.
 *
 * <p>It is asked when the handler or an interceptor threw, and when the payload or the result cannot be read or
 * written; {@link JobOutcomes#fail} and {@link JobOutcomes#retryAfter} included. It is not asked when the run was
 * cancelled, timed out, interrupted by a stop or lost its lease, nor when it was snoozed or cancelled by its handler.
 *
 * <p>One instance serves all jobs at once and must be thread-safe.
 */
@FunctionalInterface
public interface JobErrorHandler {

    /**
     * Decides what follows.
     *
     * @param job the job whose attempt failed
     * @param failure what was thrown
     * @param planned what follows unless this method says something else
     * @return {@code planned} or another outcome. When the method throws or returns null, {@code planned} stays and
     *     the log tells of it
     */
    Outcome onError(JobContext job, Throwable failure, Outcome planned);

    /** What follows a failed attempt. */
    sealed interface Outcome {

        /**
         * Another attempt. It follows even when the job's attempts are used up, until the job has had
         * {@value JobRequest#MOST_ATTEMPTS}.
         *
         * @param delay how long after the failed one, in milliseconds of the store's clock; zero to 3,650 days
         */
        record RetryAfter(Duration delay) implements Outcome {

            /** Checks the delay.
             *
             * @throws InvalidJobException when it is out of bounds */
            public RetryAfter {
                Durations.requireZeroOrMore("delay", delay);
            }
        }

        /** The job ends {@link JobState#FAILED} with the error of the attempt. */
        record Fail() implements Outcome {}

        /** The job ends {@link JobState#CANCELLED}. */
        record Cancel() implements Outcome {}

        /** The job ends {@link JobState#CANCELLED} and nothing is kept of it. */
        record Discard() implements Outcome {}

        /** The job ends {@link JobState#COMPLETED} without a result, as if its handler had returned null. */
        record Complete() implements Outcome {}
    }
}
