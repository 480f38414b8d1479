package io.jobqueue;

/**
 * What becomes of a job whose worker was lost while it ran: its lease ended without a renewal, after a crash or a pause
 * longer than the lease. The crash is counted in every case, and a cancellation that was requested goes first.
 */
public enum StallPolicy {

    /** It waits again at its old place, until its workers were lost too often; then it fails with {@link JobError#CRASHED}. */
    REQUEUE,

    /** It fails the first time, with {@link JobError#CRASHED}. */
    FAIL,

    /**
     * It is not run again by itself, since nobody knows how far it came: it fails the first time, with
     * {@link JobError#STALE}. Like every failed job it keeps its id and stands among the dead letters as long as failed
     * jobs are kept, until somebody replays or removes it.
     */
    MARK_STALE
}
