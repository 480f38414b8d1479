package io.jobqueue;

import org.jspecify.annotations.Nullable;

/**
 * One run of a job, as a {@link JobInterceptor} sees it.
 *
 * @param job the running job
 * @param payload what the handler is called with, read as its type; null for a job without a payload
 */
public record JobExecution(JobContext job, @Nullable Object payload) {

    /** Shows the job and leaves the payload out: payloads do not belong in logs. */
    @Override
    public String toString() {
        return "JobExecution[job=" + job.id() + "]";
    }
}
