package io.jobqueue.store;

import java.time.Instant;

/**
 * One delivery of a job to a worker.
 *
 * @param token proves that the claim is still ours
 * @param spec the job
 * @param attempt ordinal of this attempt, from 1
 * @param crashes how often a worker was lost under the job
 * @param handBacks how often the job was handed back for want of a handler
 * @param waitingSince since when the job could have been claimed, by the store's clock
 */
public record Claim(ClaimToken token, JobSpec spec, int attempt, int crashes, int handBacks, Instant waitingSince) {}
