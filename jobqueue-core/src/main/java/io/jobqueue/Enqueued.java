package io.jobqueue;

import org.jspecify.annotations.Nullable;

/**
 * The answer to an enqueue. When it arrives the job is stored, at the store's stated durability.
 *
 * @param id the job: the caller's id, or the generated one
 * @param status what the enqueue did
 * @param state the state of the job that holds the id now
 * @param result the kept result when {@code status} is {@link Status#COMPLETED}; null when that handler
 *     returned nothing, and for every other status
 */
public record Enqueued(
        JobId id, Status status, JobState state, @Nullable JobData result) {

    /** What an enqueue did. */
    public enum Status {
        /** A new job was stored. */
        QUEUED,
        /** A job with this id exists and has not completed; nothing changed. */
        DUPLICATE,
        /** A job with this id has completed and is still kept; nothing changed. */
        COMPLETED
    }

    /** Returns whether this call stored a new job. */
    public boolean isNew() {
        return status == Status.QUEUED;
    }
}
