package io.jobqueue;

import org.jspecify.annotations.Nullable;

/**
 * User code that runs the jobs of one type.
 *
 * <p>One handler runs many jobs at once, each on a thread of its own, so it must be thread-safe. A job
 * may be run again after a crash: make its effects repeatable, or guard them with
 * {@link JobContext#fence()}.
 *
 * @param <P> the payload's type
 * @param <R> the result's type; {@link Void} when there is none
 */
@FunctionalInterface
public interface Handler<P, R> {

    /**
     * Runs one job.
     *
     * @param payload the payload, read as the registered type; null when the job was enqueued without one
     * @param context the running job
     * @return the result that is kept for the job, or null
     * @throws JobOutcomeException to end the run in another way; see {@link JobOutcomes}
     * @throws PayloadException when the payload is of no use; the job fails without another attempt
     * @throws Exception when the attempt failed; the retry policy decides what follows
     */
    @Nullable
    R handle(P payload, JobContext context) throws Exception;
}
