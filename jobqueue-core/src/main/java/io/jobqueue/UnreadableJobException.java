package io.jobqueue;

/**
 * A job is stored in a form that this release cannot read: a newer release or another program wrote it, or it is
 * damaged. It can still be removed, and a worker that meets it ends it {@code FAILED} with the error
 * {@link JobError#UNREADABLE}.
 */
public final class UnreadableJobException extends JobQueueException {

    private static final long serialVersionUID = 1L;

    private final transient JobId id;

    /**
     * Says which job and what to do.
     *
     * @param problem what is wrong with it: {@code "its record is damaged"}
     */
    public UnreadableJobException(JobId id, String problem) {
        super("job " + id + " cannot be read: " + problem
                + "; run a release that reads it, or remove it with JobQueue.queue(name).remove(id)");
        this.id = id;
    }

    /** Returns which job; null after deserialization. */
    public JobId id() {
        return id;
    }
}
