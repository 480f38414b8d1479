package io.jobqueue;

import org.jspecify.annotations.Nullable;

/**
 * A running job with its payload, for handlers that pass both on as one. What is stored of a job is read as a
 * {@link JobSnapshot}.
 *
 * @param <P> what the payload is read as
 * @param payload what it was enqueued with; null for a job without a payload
 * @param context its id, type, queue, attempt and headers, and what its handler can do with it; only for as long as
 *     the handler runs
 */
public record Job<P>(@Nullable P payload, JobContext context) {

    /** Returns the id of the job. */
    public JobId id() {
        return context.id();
    }

    /** Shows the job and leaves the payload out: payloads do not belong in logs. */
    @Override
    public String toString() {
        return "Job[id=" + context.id() + "]";
    }
}
