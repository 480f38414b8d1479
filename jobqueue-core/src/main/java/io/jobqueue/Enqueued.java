package io.jobqueue;

import org.jspecify.annotations.Nullable;

/**
 * The answer to an enqueue. When it arrives the job is stored, at the store's stated durability; or, when it
 * {@linkplain #isDeferred() is deferred}, it will be once the transaction of the caller has committed.
 *
 * @param id the job that holds the id or the dedup key now: the new one, or the one that was there; of a deferred one
 *     the id it will be stored with, unless its dedup key is held by another job then
 * @param status what the enqueue did
 * @param state the state of that job; null when it is no longer kept and only its dedup window stands, or is deferred
 * @param result the kept result when {@code status} is {@link Status#COMPLETED}; null when that handler
 *     returned nothing, and for every other status
 */
public record Enqueued(
        JobId id,
        Status status,
        @Nullable JobState state,
        @Nullable JobData result) {

    /** What an enqueue did. */
    public enum Status {
        /** A new job was stored. */
        QUEUED,
        /** A job with this id or this dedup key was enqueued before and has not completed. */
        DUPLICATE,
        /** A job with this id or this dedup key has completed and is still kept; nothing changed. */
        COMPLETED,
        /**
         * Nothing was stored yet: the job waits for the transaction of the caller to commit, and is forgotten when that is
         * rolled back. Whether the id or the dedup key is taken is seen only then.
         */
        DEFERRED
    }

    /** Returns whether the job waits for the transaction of the caller; see {@link EnqueueTiming}. */
    public boolean isDeferred() {
        return status == Status.DEFERRED;
    }

    /** Returns whether this call stored a new job; false for one that is deferred. */
    public boolean isNew() {
        return status == Status.QUEUED;
    }
}
