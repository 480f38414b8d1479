package io.jobqueue.engine;

import io.jobqueue.Durability;
import io.jobqueue.Durations;
import io.jobqueue.InvalidJobException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How durable the jobs of a queue are when their enqueue is acknowledged, as far as one source says it. A null leaves the
 * choice to the next source; see {@link #orElse}. Read where jobs are enqueued.
 *
 * @param durability what must have a job
 * @param timeout how long an enqueue waits for that, a millisecond to a minute
 */
public record DurabilitySettings(
        @Nullable Durability durability, @Nullable Duration timeout) {

    /** The longest that an enqueue can be made to wait. */
    public static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    /** Says nothing. */
    public static final DurabilitySettings NONE = new DurabilitySettings(null, null);

    /** Checks the bounds.
     *
     * @throws InvalidJobException naming the value that is out of bounds */
    public DurabilitySettings {
        if (timeout != null
                && Durations.requirePositive("durability timeout", timeout).compareTo(LONGEST_WAIT) > 0) {
            throw new InvalidJobException(
                    "durability timeout " + timeout + ": is too long; give at most " + LONGEST_WAIT);
        }
    }

    /** Returns these settings with every null taken from {@code other}. */
    public DurabilitySettings orElse(DurabilitySettings other) {
        return new DurabilitySettings(
                durability != null ? durability : other.durability, timeout != null ? timeout : other.timeout);
    }
}
