package io.jobqueue.spring.event;

import io.jobqueue.JobId;

/**
 * A worker of this process begins to run a job.
 *
 * @param id which job
 * @param type the type of the job
 * @param attempt the number of the attempt, from 1
 */
public record JobStartedEvent(JobId id, String type, int attempt) implements JobStepEvent {}
