package io.jobqueue;

/** The claim is no longer ours: its lease ran out and the job may be running elsewhere. Nothing was changed. */
public class LeaseLostException extends JobQueueException {

    private static final long serialVersionUID = 1L;

    /** Tells which job. */
    public LeaseLostException(JobId id) {
        super("job " + id + ": this claim is no longer ours, nothing was changed; stop the work");
    }
}
