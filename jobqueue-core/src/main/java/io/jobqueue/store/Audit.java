package io.jobqueue.store;

import org.jspecify.annotations.Nullable;

/**
 * What one call of an audit has found and mended.
 *
 * @param next the cursor of the next call; null when the whole queue was looked at
 * @param urgent whether the store can tell that something is wrong, so that the next call should not wait
 * @param putBack jobs that were nowhere and wait again
 * @param failed jobs that were nowhere and may have run: they are {@code FAILED} with the error
 *     {@link io.jobqueue.JobError#LOST_OUTCOME}
 * @param mended entries, claims, keys and counters that were dropped, added or corrected
 */
public record Audit(@Nullable String next, boolean urgent, int putBack, int failed, int mended) {

    /** Nothing was wrong, and nothing is left to look at. */
    public static final Audit SOUND = new Audit(null, false, 0, 0, 0);

    /** Returns whether the call has changed anything. */
    public boolean found() {
        return putBack > 0 || failed > 0 || mended > 0;
    }
}
