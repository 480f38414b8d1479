package io.jobqueue;

import org.jspecify.annotations.Nullable;

/** The one rule for every value a caller must give: it is not null. */
public final class Values {

    private Values() {}

    /**
     * Returns {@code value} when it is given.
     *
     * @param what what the value is, for the message: {@code "request"}, {@code "header 'tenant'"}
     * @param value the candidate; null when the caller gave none
     * @param remedy what to do instead, for the message
     * @return {@code value} itself
     * @throws InvalidJobException saying what is null and the remedy
     */
    public static <T> T require(String what, @Nullable T value, String remedy) {
        if (value == null) {
            throw new InvalidJobException(what + ": is null; " + remedy);
        }
        return value;
    }
}
