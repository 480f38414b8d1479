package io.jobqueue.engine;

import io.jobqueue.InvalidJobException;
import org.jspecify.annotations.Nullable;

/**
 * How many ended jobs a queue keeps beside how long, as far as one source says it; those beyond are removed within about
 * ten seconds, the ones whose retention ends first. A null leaves the choice to the next source, and is no limit in the
 * end; see {@link #orElse}.
 *
 * @param maxCompleted how many completed jobs are kept
 * @param maxFailed how many failed jobs are kept
 * @param maxCancelled how many cancelled jobs are kept
 */
public record RetentionLimits(
        @Nullable Integer maxCompleted,
        @Nullable Integer maxFailed,
        @Nullable Integer maxCancelled) {

    /** Says nothing. */
    public static final RetentionLimits NONE = new RetentionLimits(null, null, null);

    /** Checks the bounds.
     *
     * @throws InvalidJobException naming the value that is out of bounds */
    public RetentionLimits {
        require("maxCompleted", maxCompleted, "completed");
        require("maxFailed", maxFailed, "failed");
        require("maxCancelled", maxCancelled, "cancelled");
    }

    /** Returns these limits with every null taken from {@code other}. */
    public RetentionLimits orElse(RetentionLimits other) {
        return new RetentionLimits(
                maxCompleted != null ? maxCompleted : other.maxCompleted,
                maxFailed != null ? maxFailed : other.maxFailed,
                maxCancelled != null ? maxCancelled : other.maxCancelled);
    }

    /**
     * Returns the limits of one of {@code partitions} partitions: an equal part of every limit, rounded up, so that all
     * together keep at least as many as the limit says and fewer than one a partition more.
     */
    RetentionLimits dividedBy(int partitions) {
        return new RetentionLimits(
                part(maxCompleted, partitions), part(maxFailed, partitions), part(maxCancelled, partitions));
    }

    private static @Nullable Integer part(@Nullable Integer most, int partitions) {
        return most == null ? null : 1 + (most - 1) / partitions;
    }

    private static void require(String name, @Nullable Integer most, String state) {
        if (most != null && most < 1) {
            throw new InvalidJobException(name + " " + most + ": must be at least 1; to keep no " + state
                    + " job, set the retention of " + state + " jobs to zero");
        }
    }
}
