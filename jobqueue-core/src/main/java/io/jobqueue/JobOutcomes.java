package io.jobqueue;

import java.time.Duration;

/**
 * What a handler can say of its run besides returning and failing. Each method returns an exception for the
 * handler to throw, and nothing happens until it does:
 *
 * <pre>{@code
 * if (account.isClosed()) {
 *     throw JobOutcomes.fail("account " + account.id() + " is closed");
 * }
 * }</pre>
 *
 * <p>A job whose cancel was requested meanwhile ends {@link JobState#CANCELLED}, whatever its handler throws. Where
 * a transaction is rolled back by exceptions, it is rolled back by these too. Thread-safe.
 */
public final class JobOutcomes {

    private JobOutcomes() {}

    /**
     * Ends the job {@link JobState#FAILED} at once: no attempt follows, however many are left.
     *
     * @param reason the message of the job's error, for people
     */
    public static JobOutcomeException fail(String reason) {
        return new JobOutcomeException.Fail(reason);
    }

    /**
     * Ends the job {@link JobState#CANCELLED}. Whoever waits for it gets a {@link JobCancelledException}.
     *
     * @param reason for the log at level debug; it is not kept with the job
     */
    public static JobOutcomeException cancel(String reason) {
        return new JobOutcomeException.Cancel(reason);
    }

    /**
     * Ends the job {@link JobState#CANCELLED} and keeps nothing of it, whatever its retention: a job that is no longer
     * wanted. Whoever waits for it gets a {@link JobCancelledException}; its id and its dedup key are free.
     *
     * @param reason for the log at level debug; it is not kept
     */
    public static JobOutcomeException discard(String reason) {
        return new JobOutcomeException.Discard(reason);
    }

    /**
     * Fails the attempt, which is charged. If attempts are left, the next one follows after exactly {@code delay},
     * whatever the retry policy would say; else the job ends {@link JobState#FAILED}.
     *
     * @param delay from the end of this attempt, by the store's clock in milliseconds; zero to 3,650 days
     * @param reason the message of the error, for people
     * @throws InvalidJobException when the delay is out of bounds; an attempt that lets it through has failed
     */
    public static JobOutcomeException retryAfter(Duration delay, String reason) {
        return new JobOutcomeException.RetryAfter(Durations.requireDelay("delay", delay), reason);
    }

    /**
     * Puts the job back to {@link JobState#SCHEDULED} without charging the attempt: the run counts as if it had not
     * begun, and the next has the same {@link JobContext#attempt()}. A job may be put off any number of times, so the
     * handler has to see to an end.
     *
     * @param delay from the end of this run, by the store's clock in milliseconds; a millisecond to 3,650 days
     * @throws InvalidJobException when the delay is out of bounds; an attempt that lets it through has failed
     */
    public static JobOutcomeException snooze(Duration delay) {
        return new JobOutcomeException.Snooze(Durations.requirePositive("delay", delay));
    }
}
