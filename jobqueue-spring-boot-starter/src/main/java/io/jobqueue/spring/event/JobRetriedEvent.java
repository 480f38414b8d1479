package io.jobqueue.spring.event;

import io.jobqueue.JobError;
import io.jobqueue.JobId;

/**
 * An attempt in this process has failed, and another follows.
 *
 * @param id which job
 * @param type the type of the job
 * @param attempt the number of the attempt that has failed, from 1
 * @param error why
 */
public record JobRetriedEvent(JobId id, String type, int attempt, JobError error) implements JobStepEvent {

    /** Leaves the message of the error out, which may quote the payload. */
    @Override
    public String toString() {
        return "JobRetriedEvent[id=" + id + ", type=" + type + ", attempt=" + attempt + ", error=" + error.type() + "]";
    }
}
