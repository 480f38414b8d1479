package io.jobqueue.store;

/**
 * Proves, together with its session, that a claim is still ours.
 *
 * @param jobId the claimed job
 * @param fence the number of the claim; grows with every claim of the job
 */
public record ClaimToken(String jobId, long fence) {}
