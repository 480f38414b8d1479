package io.jobqueue.engine;

import io.jobqueue.JobError;
import io.jobqueue.JobEvent;
import io.jobqueue.JobId;
import org.jspecify.annotations.Nullable;

/**
 * A step that an engine has made with a job.
 *
 * @param kind what happened: {@code ENQUEUED}, {@code STARTED}, {@code COMPLETED}, {@code RETRIED}, {@code RELEASED},
 *     {@code CANCELLED}, {@code FAILED} or {@code CRASHED}
 * @param id which job
 * @param type the type of the job; empty when it is not known, because the job is no longer kept or cannot be read
 * @param attempt how many attempts the job has had, with the one that runs or has just ended; 0 before the first
 * @param error why with {@code RETRIED} and {@code FAILED}; null with every other kind
 */
public record JobStep(
        JobEvent.Kind kind,
        JobId id,
        String type,
        int attempt,
        @Nullable JobError error) {}
