package io.jobqueue;

import java.time.Duration;

/** The awaited job did not end in the time the caller was ready to wait. The job itself goes on. */
public class JobWaitTimeoutException extends JobQueueException {

    private static final long serialVersionUID = 1L;

    private final transient JobId id;

    /** Tells which job was awaited for how long. */
    public JobWaitTimeoutException(JobId id, Duration waited) {
        super("job " + id + " did not end within " + waited + "; it goes on, find it by its id");
        this.id = id;
    }

    /** Returns the job. */
    public JobId id() {
        return id;
    }
}
