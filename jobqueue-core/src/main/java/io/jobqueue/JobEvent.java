package io.jobqueue;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that has happened to a job, as the store has recorded it in the step that made it happen.
 *
 * @param sequence its number in its queue; the next event of the queue has the next number
 * @param at when it happened, by the store's clock
 * @param id which job
 * @param type the type of the job; empty when it is stored in a form that cannot be read
 * @param kind what happened
 * @param attempt how many attempts the job has had, with the one that runs or has just ended; 0 before the first
 * @param progress what was reported with {@link Kind#PROGRESSED}; null with every other kind
 * @param error why with {@link Kind#RETRIED} and {@link Kind#FAILED}, without its stack; null with every other kind
 */
public record JobEvent(
        long sequence,
        Instant at,
        JobId id,
        String type,
        Kind kind,
        int attempt,
        @Nullable Progress progress,
        @Nullable JobError error) {

    /** What happened. Every step of {@link JobState} is of one kind, but for the end of a retention, which is not told. */
    public enum Kind {
        /** It was stored, also over an ended job of its id. */
        ENQUEUED,
        /** It was scheduled and waits now, because it is due or by hand. */
        PROMOTED,
        /** A worker claimed it. */
        STARTED,
        /** Its run has reported progress. */
        PROGRESSED,
        /** Its run has changed its attributes. */
        UPDATED,
        /** Its attempt failed, and another follows. */
        RETRIED,
        /** Its run was given back without a charge: by a stop, a snooze or for want of a handler; or it was found lost. */
        RELEASED,
        /** Its worker was lost; it waits again. */
        CRASHED,
        /** It has ended well. */
        COMPLETED,
        /** It has failed for good. */
        FAILED,
        /** It is to be cancelled while it runs. */
        CANCEL_REQUESTED,
        /** It has ended because it was cancelled. */
        CANCELLED,
        /** It had ended and waits again as if it were new. */
        REPLAYED,
        /** Payload, priority or due time were changed before it started. */
        CHANGED,
        /** It was erased by hand. Erasing a whole queue tells nothing. */
        REMOVED
    }
}
