package io.jobqueue;

import java.util.Map;

/**
 * The job a handler is running. Valid only during that run; safe to use from any thread.
 */
public interface JobContext {

    /** Returns the job. */
    JobId id();

    /** Returns the job's type. */
    String type();

    /** Returns the ordinal of this attempt, from 1. Crashes and releases do not count. */
    int attempt();

    /**
     * Returns the fence of this claim: a number that grows with every claim of the job. An outside
     * resource that keeps the highest fence it has seen, and refuses lower ones, is safe from a stale run.
     */
    long fence();

    /** Returns what the enqueuer sent along beside the payload: unmodifiable, never null. */
    Map<String, String> headers();

    /**
     * Reports progress without a note; see {@link #progress(int, String)}.
     *
     * @param percent 0 to 100
     */
    default void progress(int percent) {
        progress(percent, "");
    }

    /**
     * Stores how far the run has come, visible in {@link Job#progress()} at once. The last report wins. When the
     * store does not answer, this report is dropped and the run goes on: the next one says more.
     *
     * @param percent 0 to 100
     * @param note a short text for people, at most {@value Progress#MAX_NOTE} characters
     * @throws InvalidJobException when an argument is out of bounds; nothing was stored
     * @throws LeaseLostException when this claim is no longer ours; nothing was stored, stop the work
     */
    void progress(int percent, String note);

    /**
     * Returns whether the run should stop: the job was cancelled, its timeout has passed, the lease was
     * lost or the worker is being stopped for good. The thread is interrupted as well.
     */
    boolean isCancelled();
}
