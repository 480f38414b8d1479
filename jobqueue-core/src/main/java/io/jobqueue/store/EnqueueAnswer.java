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
 */
public record EnqueueAnswer(
        String id, Enqueued.Status status, @Nullable JobState state, byte @Nullable [] result) {}
