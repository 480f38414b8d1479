package io.jobqueue.spring.event;

import io.jobqueue.JobId;

/**
 * A step that this process has made with a job. Every kind but {@link JobDeadEvent} is published only with
 * {@code jobqueue.events.enabled=true}.
 */
public sealed interface JobStepEvent extends JobQueueEvent
        permits JobEnqueuedEvent,
                JobStartedEvent,
                JobCompletedEvent,
                JobRetriedEvent,
                JobReleasedEvent,
                JobCrashedEvent,
                JobCancelledEvent,
                JobDeadEvent {

    /** Returns which job. */
    JobId id();

    /** Returns the type of the job; empty when it is not known, because the job is no longer kept or cannot be read. */
    String type();

    @Override
    default String queue() {
        return id().queue();
    }
}
