package io.jobqueue.spring.event;

import io.jobqueue.JobId;

/**
 * A job was stored by this process: after the commit, when it was enqueued in a transaction.
 *
 * @param id which job
 * @param type the type of the job
 */
public record JobEnqueuedEvent(JobId id, String type) implements JobStepEvent {}
