package io.jobqueue;

/**
 * Data is encrypted, and this process has not what it takes to read it: the key, any key at all, or a release that knows
 * the form. Another process may have it, so a worker that meets such a job leaves it to others as if it had no handler
 * for it, and ends it {@code FAILED} with the error {@link JobError#UNREADABLE} when none of them takes it.
 */
public final class LockedPayloadException extends PayloadException {

    private static final long serialVersionUID = 1L;

    /** Says which job type and what is missing; never quotes the data or a key. */
    public LockedPayloadException(String message) {
        super(message, null);
    }
}
