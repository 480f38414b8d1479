package io.jobqueue.engine;

import io.jobqueue.InvalidJobException;
import io.jobqueue.StallPolicy;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the jobs of lost workers, as far as one source says it. A null leaves the choice to the next source;
 * see {@link #orElse}.
 *
 * @param policy what becomes of a job whose worker was lost
 * @param maxCrashes how many workers may be lost under a job before it fails; only {@link StallPolicy#REQUEUE} asks
 */
public record StallSettings(
        @Nullable StallPolicy policy, @Nullable Integer maxCrashes) {

    /** The most crashes a job may be allowed. */
    public static final int MOST_CRASHES = 10_000;

    /** Says nothing. */
    public static final StallSettings NONE = new StallSettings(null, null);

    /** Checks the bounds.
     *
     * @throws InvalidJobException naming the value that is out of bounds */
    public StallSettings {
        if (maxCrashes != null && (maxCrashes < 1 || maxCrashes > MOST_CRASHES)) {
            throw new InvalidJobException("maxCrashes " + maxCrashes + ": must be 1 to " + MOST_CRASHES);
        }
    }

    /** Returns these settings with every null taken from {@code other}. */
    public StallSettings orElse(StallSettings other) {
        return new StallSettings(
                policy != null ? policy : other.policy, maxCrashes != null ? maxCrashes : other.maxCrashes);
    }
}
