package io.jobqueue.store;

import io.jobqueue.JobState;
import org.jspecify.annotations.Nullable;

/**
 * What the janitor removes: ended jobs whose retention is over, and those that are more than their state may have.
 *
 * @param limit the most jobs of one call, at most {@value ExchangeRequest#MOST}
 * @param maxCompleted how many completed jobs are kept; null for any number
 * @param maxFailed how many failed jobs are kept; null for any number
 * @param maxCancelled how many cancelled jobs are kept; null for any number
 */
public record PurgeRequest(
        int limit,
        @Nullable Integer maxCompleted,
        @Nullable Integer maxFailed,
        @Nullable Integer maxCancelled) {

    /** Removes by retention alone. */
    public PurgeRequest(int limit) {
        this(limit, null, null, null);
    }

    /**
     * Returns how many jobs are kept in a state; null for any number.
     *
     * @param state a terminal state
     */
    public @Nullable Integer most(JobState state) {
        return switch (state) {
            case COMPLETED -> maxCompleted;
            case FAILED -> maxFailed;
            case CANCELLED -> maxCancelled;
            default -> null;
        };
    }
}
