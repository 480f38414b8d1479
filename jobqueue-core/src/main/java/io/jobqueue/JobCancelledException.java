package io.jobqueue;

/** The awaited job ended {@link JobState#CANCELLED}. */
public class JobCancelledException extends JobQueueException {

    private static final long serialVersionUID = 1L;

    private final transient JobId id;

    /** Tells which job was cancelled. */
    public JobCancelledException(JobId id) {
        super("job " + id + " was cancelled");
        this.id = id;
    }

    /** Returns the job. */
    public JobId id() {
        return id;
    }
}
