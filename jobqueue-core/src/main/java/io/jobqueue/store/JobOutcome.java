package io.jobqueue.store;

import io.jobqueue.JobError;
import io.jobqueue.JobState;
import org.jspecify.annotations.Nullable;

/**
 * How a job ended.
 *
 * @param state a terminal state
 * @param result JSON bytes when it completed with a result
 * @param error why it failed
 */
public record JobOutcome(
        JobState state, byte @Nullable [] result, @Nullable JobError error) {}
