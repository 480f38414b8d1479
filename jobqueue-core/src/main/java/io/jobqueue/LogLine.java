package io.jobqueue;

import java.time.Instant;

/**
 * One line that a run of a job has logged.
 *
 * @param at when it was stored, by the store's clock
 * @param text the line, without a line break
 */
public record LogLine(Instant at, String text) {

    /** The most lines that are kept of a job: the newest. */
    public static final int MOST = 100;

    /** The longest text, in {@code char}s. */
    public static final int MAX_TEXT = 1024;
}
