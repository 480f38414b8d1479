package io.jobqueue.store;

import io.jobqueue.Enqueued;
import io.jobqueue.JobState;
import org.jspecify.annotations.Nullable;

/**
 * What became of one {@link NewJob}.
 *
 * @param id the job that holds the id or the dedup key now: the new one, or the one that was there
 * @param status whether it was stored
 * @param state the state of that job; null when it is no longer kept and only its dedup window stands
 * @param result the kept result when the holder has completed with one
 * @param mayBeOwn whether the call may have been made more than once, so that a job that was there may be the one it
 *     stored at first
 */
public record EnqueueAnswer(
        String id, Enqueued.Status status, @Nullable JobState state, byte @Nullable [] result, boolean mayBeOwn) {

    /** The answer to a call that was made once. */
    public EnqueueAnswer(String id, Enqueued.Status status, @Nullable JobState state, byte @Nullable [] result) {
        this(id, status, state, result, false);
    }

    /** Returns the same answer to a call that may have been made more than once. */
    public EnqueueAnswer maybeToOwn() {
        return new EnqueueAnswer(id, status, state, result, true);
    }
}
