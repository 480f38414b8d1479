package io.jobqueue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A key under which only one job may exist in its window, apart from the job's id. Who comes second is told the
 * id of who came first.
 *
 * @param key any text of 1 to {@value #LONGEST_KEY} bytes in UTF-8, control characters and white space included
 * @param mode what the window is
 * @param ttl how long the window lasts, counted from the enqueue by the store's clock; null when it has no end by time
 */
public record Dedup(String key, Mode mode, @Nullable Duration ttl) {

    /** The longest key, in bytes of UTF-8. */
    public static final int LONGEST_KEY = 1024;

    /** What the window of a key is. */
    public enum Mode {
        /** From the enqueue until the job has ended. */
        UNTIL_TERMINAL,
        /** For a time from the enqueue, whether the job has ended or not. */
        WINDOW,
        /** Until the job has ended, at most for a time from the enqueue. */
        UNTIL_TERMINAL_OR_TTL,
        /**
         * Until the job starts: who comes second replaces the payload of the one that still waits, and its delay
         * begins anew. Once it has started the key is free.
         */
        DEBOUNCE
    }

    /** Checks the key and the window.
     *
     * @throws InvalidJobException naming what is wrong and the bound */
    public Dedup {
        Values.require("dedup key", key, "give 1 to " + LONGEST_KEY + " bytes");
        Values.require("dedup mode", mode, "give one of " + Arrays.toString(Mode.values()));
        if (key.isEmpty()) {
            throw new InvalidJobException("dedup key: is empty; give 1 to " + LONGEST_KEY + " bytes");
        }
        requireWholeCharacters(key);
        int bytes = key.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > LONGEST_KEY) {
            throw new InvalidJobException("dedup key '" + Names.shown(key) + "': has " + bytes
                    + " bytes; shorten it to at most " + LONGEST_KEY);
        }
        boolean timed = mode == Mode.WINDOW || mode == Mode.UNTIL_TERMINAL_OR_TTL;
        if (timed != (ttl != null)) {
            throw new InvalidJobException(
                    "dedup " + mode + ": " + (timed ? "has no ttl; give one" : "takes no ttl; leave it out"));
        }
        if (ttl != null) {
            Durations.requirePositive("dedup ttl", ttl);
        }
    }

    /** Half of a surrogate pair has no bytes of its own: two such keys would be one. */
    private static void requireWholeCharacters(String key) {
        for (int i = 0; i < key.length(); i += Character.charCount(key.codePointAt(i))) {
            if (Character.getType(key.codePointAt(i)) == Character.SURROGATE) {
                throw new InvalidJobException(String.format(
                        Locale.ROOT,
                        "dedup key '%s': character U+%04X at position %d is half of a surrogate pair; remove it",
                        Names.shown(key),
                        key.codePointAt(i),
                        i));
            }
        }
    }

    /** Returns a key that is held until the job has ended. */
    public static Dedup untilTerminal(String key) {
        return new Dedup(key, Mode.UNTIL_TERMINAL, null);
    }

    /** Returns a key that is held for {@code ttl} from the enqueue, whatever becomes of the job. */
    public static Dedup window(String key, Duration ttl) {
        return new Dedup(key, Mode.WINDOW, ttl);
    }

    /** Returns a key that is held until the job has ended, at most for {@code ttl} from the enqueue. */
    public static Dedup untilTerminalOr(String key, Duration ttl) {
        return new Dedup(key, Mode.UNTIL_TERMINAL_OR_TTL, ttl);
    }

    /** Returns a key under which the latest payload wins as long as the job has not started. */
    public static Dedup debounce(String key) {
        return new Dedup(key, Mode.DEBOUNCE, null);
    }
}
