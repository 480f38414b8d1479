package io.jobqueue;

/** The awaited job ended {@link JobState#FAILED}. The error is the text that was kept, never the handler's exception. */
public class JobFailedException extends JobQueueException {

    private static final long serialVersionUID = 1L;

    private final transient JobId id;
    private final transient JobError error;

    /** Tells which job failed and why. */
    public JobFailedException(JobId id, JobError error) {
        super("job " + id + " failed: " + error.summary());
        this.id = id;
        this.error = error;
    }

    /** Returns the job. */
    public JobId id() {
        return id;
    }

    /** Returns the error of its last attempt. */
    public JobError error() {
        return error;
    }
}
