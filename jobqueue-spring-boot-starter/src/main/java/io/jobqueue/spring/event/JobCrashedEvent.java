package io.jobqueue.spring.event;

import io.jobqueue.JobId;

/**
 * The worker of a job was lost. This process, which maintains the queue, has taken the job over, and it waits
 * again.
 *
 * @param id which job
 * @param type the type of the job; empty when it is not known
 * @param attempt how many attempts the job has had
 */
public record JobCrashedEvent(JobId id, String type, int attempt) implements JobStepEvent {}
