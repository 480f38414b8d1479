package io.jobqueue.spring.event;

import io.jobqueue.JobId;

/**
 * A run in this process has ended because the job was cancelled, by somebody or by its handler, or its worker
 * was lost after the cancel.
 *
 * @param id which job
 * @param type the type of the job; empty when it is not known
 * @param attempt how many attempts the job has had
 */
public record JobCancelledEvent(JobId id, String type, int attempt) implements JobStepEvent {}
