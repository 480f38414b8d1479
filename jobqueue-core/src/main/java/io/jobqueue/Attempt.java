package io.jobqueue;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a job that is over. Runs that were given back without a charge, by a stop, a snooze or for want of a
 * handler, are not listed: a job that is put off a hundred times would have no room left for its failures.
 *
 * @param number its ordinal, from 1; an attempt whose worker was lost has the number of the one that follows it
 * @param startedAt when its worker claimed the job, by the store's clock
 * @param endedAt when the store was told of its end, or took the job from a lost worker
 * @param worker the name of the worker
 * @param end how it ended
 * @param error why it failed; null when it did not
 */
public record Attempt(
        int number,
        Instant startedAt,
        Instant endedAt,
        String worker,
        End end,
        @Nullable JobError error) {

    /** The most attempts that are kept of a job: the newest. */
    public static final int MOST = 10;

    /** The longest name of a worker, in {@code char}s. */
    public static final int MAX_WORKER = 64;

    /** How an attempt ended. */
    public enum End {
        /** The handler returned. */
        COMPLETED,
        /** The handler threw, gave up or outlived its timeout; the error says which. Another may follow. */
        FAILED,
        /** The job was cancelled while it ran, or its handler said so. */
        CANCELLED,
        /** The lease of the worker ran out. */
        CRASHED
    }
}
