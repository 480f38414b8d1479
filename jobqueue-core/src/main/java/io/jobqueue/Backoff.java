package io.jobqueue;

import java.time.Duration;

/**
 * How the delay grows from attempt to attempt:
 * {@code initial × multiplier^(attempt − 1) + increment × (attempt − 1)}, at most {@code max}, plus up to
 * {@code jitter} of itself. Jitter only ever adds, so no retry comes early.
 *
 * @param initial the delay after the first failed attempt; zero, or a millisecond and more
 * @param multiplier the growth; 1 is a fixed delay
 * @param increment what every further attempt adds; zero, or a millisecond and more
 * @param max the longest delay before jitter; at least {@code initial}
 * @param jitter the largest addition as a part of the delay, 0 to 1
 */
public record Backoff(Duration initial, double multiplier, Duration increment, Duration max, double jitter) {

    /** One second, doubled up to five minutes, plus up to a quarter. */
    public static final Backoff DEFAULT = exponential(Duration.ofSeconds(1), Duration.ofMinutes(5));

    /** Checks the bounds.
     *
     * @throws InvalidJobException naming the value that is out of bounds */
    public Backoff {
        Durations.requireZeroOrMore("backoff initial", initial);
        Durations.requireZeroOrMore("backoff increment", increment);
        Durations.requireZeroOrMore("backoff max", max);
        if (!(multiplier >= 1) || multiplier > 1000) {
            throw new InvalidJobException("backoff multiplier " + multiplier + ": must be 1 to 1000");
        }
        if (max.compareTo(initial) < 0) {
            throw new InvalidJobException("backoff max " + max + ": must be at least the initial " + initial);
        }
        if (!(jitter >= 0 && jitter <= 1)) {
            throw new InvalidJobException("backoff jitter " + jitter + ": must be 0 to 1");
        }
    }

    /** A delay that grows by its multiplier alone.
     *
     * @throws InvalidJobException naming the value that is out of bounds */
    public Backoff(Duration initial, double multiplier, Duration max, double jitter) {
        this(initial, multiplier, Duration.ZERO, max, jitter);
    }

    /** Returns a delay that never grows, without jitter. */
    public static Backoff fixed(Duration delay) {
        return new Backoff(delay, 1, delay, 0);
    }

    /** Returns a delay that doubles from {@code initial} to {@code max}, with a quarter of jitter. */
    public static Backoff exponential(Duration initial, Duration max) {
        return new Backoff(initial, 2, max, 0.25);
    }

    /** Returns a delay that grows by {@code increment} from {@code initial} to {@code max}, with a quarter of jitter. */
    public static Backoff linear(Duration initial, Duration increment, Duration max) {
        return new Backoff(initial, 1, increment, max, 0.25);
    }

    /**
     * Returns the delay after a failed attempt.
     *
     * @param attempt which attempt failed, from 1
     * @param spread where in the jitter to land, 0 (inclusive) to 1 (exclusive)
     */
    public Duration delayAfter(int attempt, double spread) {
        double before = attempt - 1.0;
        double multiplied = initial.isZero() ? 0 : initial.toMillis() * Math.pow(multiplier, before);
        double capped = Math.min(multiplied + increment.toMillis() * before, (double) max.toMillis());
        return Duration.ofMillis((long) (capped * (1 + jitter * spread)));
    }
}
