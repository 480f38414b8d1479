package io.jobqueue;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The job a handler is running. Valid only during that run; safe to use from any thread.
 */
public interface JobContext {

    /** Returns the job. */
    JobId id();

    /** Returns the queue that the job is in, as {@link #id()} names it. */
    default String queue() {
        return id().queue();
    }

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
     * Stores how far the run has come, visible in {@link JobSnapshot#progress()} at once. The last report wins. When the
     * store does not answer, this report is dropped and the run goes on: the next one says more.
     *
     * @param percent 0 to 100
     * @param note a short text for people, at most {@value Progress#MAX_NOTE} characters
     * @throws InvalidJobException when an argument is out of bounds; nothing was stored
     * @throws LeaseLostException when this claim is no longer ours; nothing was stored, stop the work
     */
    void progress(int percent, String note);

    /**
     * Sets one attribute of the job; see {@link #attributes(Map)}.
     *
     * @param value null removes the attribute
     */
    default void attribute(String name, @Nullable Object value) {
        attributes(Collections.singletonMap(name, value));
    }

    /**
     * Merges {@code changes} into the attributes of the job, all or none, visible in {@link JobSnapshot#attributes()} at once.
     * Attributes outlive this run: they are kept as long as the job, until somebody replays it. When the store does not
     * answer, the changes are dropped and the run goes on.
     *
     * @param changes a text of at most {@value Attributes#MAX_TEXT} characters, a boolean, a whole or a decimal number by
     *     name; null removes the name; at most {@value Attributes#MOST_CHANGES} in a call
     * @throws InvalidJobException when an argument is out of bounds, or the job would have more than
     *     {@value Attributes#MOST} attributes; nothing was stored
     * @throws LeaseLostException when this claim is no longer ours; nothing was stored, stop the work
     */
    void attributes(Map<String, ? extends @Nullable Object> changes);

    /**
     * Appends to the log of the job, readable by {@link QueueOperations#log} at once; the newest
     * {@value LogLine#MOST} lines of the job are kept as long as it is. A text with line breaks becomes as many lines.
     * No text is refused: a line is cut after {@value LogLine#MAX_TEXT} characters, and control characters are
     * shown by their escapes. When the store does not answer, the text is dropped and the run goes on.
     *
     * @param text for people; an empty one adds nothing
     * @throws InvalidJobException when the text is null
     * @throws LeaseLostException when this claim is no longer ours; nothing was stored, stop the work
     */
    void log(String text);

    /**
     * Sets how long the job is kept if this run ends it, instead of what its request and the settings say: completed,
     * failed or cancelled by its handler. The last call wins. A run that another follows leaves the next one as if
     * nothing had been said. A cancel by somebody else keeps the retention of its queue.
     *
     * @param retention from the end of the job; zero keeps nothing of it
     * @throws InvalidJobException when it is out of bounds: negative, shorter than a millisecond or over 3,650 days
     */
    void keepFor(Duration retention);

    /**
     * Returns whether the run should stop: the job was cancelled, its timeout has passed, the lease was
     * lost or the worker is being stopped for good. The thread is interrupted as well.
     */
    boolean isCancelled();
}
