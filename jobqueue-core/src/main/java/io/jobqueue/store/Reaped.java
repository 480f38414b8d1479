package io.jobqueue.store;

import io.jobqueue.JobState;

/**
 * One claim taken from a worker that lost its lease.
 *
 * @param jobId the job
 * @param crashes how often a worker was lost under it, this time included
 * @param state what it is now: {@code WAITING}, {@code FAILED} or {@code CANCELLED}
 */
public record Reaped(String jobId, int crashes, JobState state) {}
