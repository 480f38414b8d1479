package io.jobqueue;

/**
 * What a {@link RetryPolicy} decides on.
 *
 * @param number which attempt failed, from 1
 * @param maxAttempts how many attempts the job has in all
 * @param error what the handler threw
 * @param spread a random number from 0 (inclusive) to 1 (exclusive), drawn by the engine, so that a
 *     policy with jitter stays a pure function
 */
public record FailedAttempt(int number, int maxAttempts, Throwable error, double spread) {}
