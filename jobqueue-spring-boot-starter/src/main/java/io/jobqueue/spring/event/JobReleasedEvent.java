package io.jobqueue.spring.event;

import io.jobqueue.JobId;

/**
 * A run in this process has ended without a charge: by a stop, a snooze or for want of a handler.
 *
 * @param id which job
 * @param type the type of the job
 * @param attempt the number of the attempt, from 1
 */
public record JobReleasedEvent(JobId id, String type, int attempt) implements JobStepEvent {}
