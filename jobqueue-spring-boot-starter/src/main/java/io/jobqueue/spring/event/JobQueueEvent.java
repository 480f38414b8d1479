package io.jobqueue.spring.event;

/**
 * Something that this process has done with a queue or with a job, published to the listeners of the application:
 * {@code @EventListener}. Unlike a {@link io.jobqueue.JobEvent} it is not told to other processes, and not told again.
 * Immutable; shows no payload.
 */
public sealed interface JobQueueEvent permits QueuePausedEvent, QueueResumedEvent, JobStepEvent {

    /** Returns the name of the queue. */
    String queue();
}
