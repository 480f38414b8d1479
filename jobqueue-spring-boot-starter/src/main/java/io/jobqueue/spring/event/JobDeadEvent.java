package io.jobqueue.spring.event;

import io.jobqueue.JobError;
import io.jobqueue.JobId;

/**
 * A job has failed for good: in this process, or its worker was lost once too often and this process has found
 * it. It is kept among the dead letters for its retention and can be replayed. Always published.
 *
 * @param id which job
 * @param type the type of the job; empty when it is not known
 * @param attempt how many attempts the job has had
 * @param error why
 */
public record JobDeadEvent(JobId id, String type, int attempt, JobError error) implements JobStepEvent {

    /** Leaves the message of the error out, which may quote the payload. */
    @Override
    public String toString() {
        return "JobDeadEvent[id=" + id + ", type=" + type + ", attempt=" + attempt + ", error=" + error.type() + "]";
    }
}
