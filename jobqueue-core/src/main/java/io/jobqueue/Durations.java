package io.jobqueue;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The bounds of every duration a caller may give. */
public final class Durations {

    /** The longest duration that is accepted: 3,650 days. */
    public static final Duration LONGEST = Duration.ofDays(3650);

    private Durations() {}

    /**
     * Returns {@code value} when it is from zero to {@link #LONGEST}.
     *
     * @throws InvalidJobException naming the field and the bound
     */
    public static Duration requireZeroOrMore(String what, @Nullable Duration value) {
        Duration given = Values.require(what, value, "give zero or more");
        if (given.isNegative()) {
            throw new InvalidJobException(what + " " + value + ": is negative; give zero or more");
        }
        return requireNotTooLong(what, given);
    }

    /**
     * Returns {@code value} when it is more than zero and at most {@link #LONGEST}.
     *
     * @throws InvalidJobException naming the field and the bound
     */
    public static Duration requirePositive(String what, @Nullable Duration value) {
        Duration given = Values.require(what, value, "give more than zero");
        if (given.isNegative() || given.isZero()) {
            throw new InvalidJobException(what + " " + value + ": must be more than zero");
        }
        return requireNotTooLong(what, given);
    }

    private static Duration requireNotTooLong(String what, Duration value) {
        if (value.compareTo(LONGEST) > 0) {
            throw new InvalidJobException(what + " " + value + ": is too long; give at most " + LONGEST);
        }
        return value;
    }
}
