package io.jobqueue.spring.event;

import io.jobqueue.JobId;

/**
 * A run in this process has ended well, and the store has accepted it.
 *
 * @param id which job
 * @param type the type of the job
 * @param attempt the number of the attempt, from 1
 */
public record JobCompletedEvent(JobId id, String type, int attempt) implements JobStepEvent {}
