package io.jobqueue;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The bounds of every duration a caller may give. */
public final class Durations {

    /** The longest duration that is accepted: 3,650 days. */
    public static final Duration LONGEST = Duration.ofDays(3650);

    private static final Duration SHORTEST = Duration.ofMillis(1);

    private Durations() {}

    /**
     * Returns {@code value} when it is from zero to {@link #LONGEST}. A part of a millisecond is as good as none:
     * who is due that soon is due at once.
     *
     * @throws InvalidJobException naming the field and the bound
     */
    public static Duration requireDelay(String what, @Nullable Duration value) {
        Duration given = Values.require(what, value, "give zero or more");
        if (given.isNegative()) {
            throw new InvalidJobException(what + " " + value + ": is negative; give zero or more");
        }
        return requireNotTooLong(what, given);
    }

    /**
     * Returns {@code value} when it is zero, or a millisecond to {@link #LONGEST}. Stores count in milliseconds, and
     * a shorter value would become zero, which says something else.
     *
     * @throws InvalidJobException naming the field and the bound
     */
    public static Duration requireZeroOrMore(String what, @Nullable Duration value) {
        Duration given = requireDelay(what, value);
        return given.isZero() ? given : requireMillisecond(what, given, "zero or at least");
    }

    /**
     * Returns {@code value} when it is a millisecond to {@link #LONGEST}.
     *
     * @throws InvalidJobException naming the field and the bound
     */
    public static Duration requirePositive(String what, @Nullable Duration value) {
        Duration given = Values.require(what, value, "give more than zero");
        if (given.isNegative() || given.isZero()) {
            throw new InvalidJobException(what + " " + value + ": must be more than zero");
        }
        return requireNotTooLong(what, requireMillisecond(what, given, "at least"));
    }

    private static Duration requireMillisecond(String what, Duration value, String bound) {
        if (value.compareTo(SHORTEST) < 0) {
            throw new InvalidJobException(
                    what + " " + value + ": is shorter than a millisecond; give " + bound + " " + SHORTEST);
        }
        return value;
    }

    private static Duration requireNotTooLong(String what, Duration value) {
        if (value.compareTo(LONGEST) > 0) {
            throw new InvalidJobException(what + " " + value + ": is too long; give at most " + LONGEST);
        }
        return value;
    }
}
