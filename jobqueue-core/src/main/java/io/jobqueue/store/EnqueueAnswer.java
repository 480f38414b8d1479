package io.jobqueue.store;

import io.jobqueue.Enqueued;
import io.jobqueue.JobState;
import org.jspecify.annotations.Nullable;

/**
 * What became of one {@link NewJob}.
 *
 * @param status whether it was stored
 * @param state the state of the job that holds the id now
 * @param result the kept result when the holder has completed with one
 */
public record EnqueueAnswer(Enqueued.Status status, JobState state, byte @Nullable [] result) {}
