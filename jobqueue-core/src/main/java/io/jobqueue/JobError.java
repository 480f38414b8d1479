package io.jobqueue;

import org.jspecify.annotations.Nullable;

/**
 * Why an attempt or a job failed, as text: errors are stored and shown, never rebuilt as exceptions.
 *
 * @param type the exception's class name, or a reason of the engine's own such as {@code NO_HANDLER}
 * @param message the exception's message, if it had one
 * @param stack the stack trace, cut to a bounded length; empty when the engine itself is the reason
 */
public record JobError(String type, @Nullable String message, String stack) {

    /** No worker had a handler for the job's type, or for the version of its payload. */
    public static final String NO_HANDLER = "NO_HANDLER";

    /** The workers that ran the job were lost too often. */
    public static final String CRASHED = "CRASHED";

    /** The worker that ran the job was lost, and {@link StallPolicy#MARK_STALE} lets nobody run it again by itself. */
    public static final String STALE = "STALE";

    /** The handler outlived the job's timeout. */
    public static final String TIMEOUT = "TIMEOUT";

    /** The job was stored in a form, or encrypted with a key, that none of the workers could read. */
    public static final String UNREADABLE = "UNREADABLE";

    /** The store has lost how the job ended; it may have run. */
    public static final String LOST_OUTCOME = "LOST_OUTCOME";

    /** Returns the error of a job of which the store has lost how it ended. */
    public static JobError lostOutcome() {
        return new JobError(
                LOST_OUTCOME,
                "outcomes were deleted from the store by another program, and the job may have been among them; "
                        + "see whether it has run, then replay or remove it",
                "");
    }

    /** Returns the error of a job that failed because the workers that ran it were lost {@code crashes} times. */
    public static JobError crashed(int crashes) {
        return new JobError(
                CRASHED,
                "its worker was lost " + crashes
                        + " times while it ran; look for a crash or a pause longer than the lease",
                "");
    }

    /** Returns the error of a job that {@link StallPolicy#FAIL} has failed. */
    public static JobError lost() {
        return new JobError(
                CRASHED,
                "its worker was lost while it ran, and the stall policy of its queue is FAIL; "
                        + "look for a crash or a pause longer than the lease",
                "");
    }

    /** Returns the error of a job that {@link StallPolicy#MARK_STALE} has failed. */
    public static JobError stale() {
        return new JobError(
                STALE,
                "its worker was lost while it ran, and nobody knows how far it came; "
                        + "look at what it has done, then replay or remove it",
                "");
    }

    /** Returns type and message on one line. */
    public String summary() {
        return message == null ? type : type + ": " + message;
    }
}
