package io.jobqueue.store;

import io.jobqueue.Progress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run leaves with its job while it runs. Every note needs the current token of the claim: a refused one has
 * changed nothing. Notes outlive a retry and are kept as long as the job; they go when it is erased, replayed or
 * enqueued anew.
 */
public interface JobNotes {

    /**
     * Stores a progress report; the last one wins.
     *
     * @return false when the token is not current. Repeating is safe.
     */
    boolean progress(WorkerSession session, ClaimToken token, Progress progress);

    /**
     * Merges {@code changes} into the job's attributes, all or none.
     *
     * @param changes {@code String}, {@code Boolean}, {@code Long} or {@code Double} by name; null removes the name
     * @return whether they were stored, and if not, why. Repeating is safe.
     */
    Noted attributes(WorkerSession session, ClaimToken token, Map<String, @Nullable Object> changes);

    /**
     * Appends lines to the job's log, of which the newest {@value io.jobqueue.LogLine#MOST} are kept.
     *
     * @param lines 1 to {@value io.jobqueue.LogLine#MOST} texts without a line break
     * @return false when the token is not current. Repeating appends them again.
     */
    boolean log(WorkerSession session, ClaimToken token, List<String> lines);

    /** What became of a note. */
    enum Noted {
        /** It is stored. */
        STORED,
        /** The token is not current; nothing changed. */
        CLAIM_LOST,
        /** The job would have more than {@value io.jobqueue.Attributes#MOST} attributes; nothing changed. */
        TOO_MANY
    }
}
