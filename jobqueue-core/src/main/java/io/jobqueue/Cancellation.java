package io.jobqueue;

/** The answer to a cancel. Asking again is safe. */
public enum Cancellation {
    /** The job had not started and is {@link JobState#CANCELLED} now; it will never run. */
    CANCELLED,
    /**
     * The job is running. Its worker has been told, its handler's thread is interrupted, and the job
     * ends {@link JobState#CANCELLED} whatever the handler still returns.
     */
    REQUESTED,
    /** The job has already ended; nothing changed. */
    ENDED,
    /** The queue holds no such job. */
    NOT_FOUND
}
