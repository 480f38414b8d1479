package io.jobqueue;

/** The answer to a remove. Asking again is safe. */
public enum Removal {
    /** The job and everything kept of it are gone. */
    REMOVED,
    /** The job is running and was left alone; cancel it first. */
    ACTIVE,
    /** The queue holds no such job. */
    NOT_FOUND
}
