package io.jobqueue.store.redis;

import io.jobqueue.Attempt;
import io.jobqueue.JobError;
import io.jobqueue.JobState;
import io.jobqueue.store.JobOutcome;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads how a job ended. The layout stands in {@code include/formats.lua}.
 *
 * @param finishedAt when it ended; null when that cannot be read
 * @param attempts how many attempts had begun
 * @param crashes how often a worker was lost under it
 * @param claimedAt when the job was last claimed
 * @param worker who ran it to its end; empty when it did not end in a charged attempt
 * @param outcome how it ended; failed when that cannot be read
 */
record OutcomeFormat(
        @Nullable Instant finishedAt, int attempts, int crashes, Instant claimedAt, String worker, JobOutcome outcome) {

    private static final int FENCE = 7;
    private static final int MICROS = 1000;

    static OutcomeFormat read(byte[] stored) {
        String defect = FormatVersion.defect("outcome", stored);
        if (defect != null) {
            return unreadable(defect);
        }
        try {
            return readCurrent(new BinaryReader(stored));
        } catch (RuntimeException e) { // the bytes may be anything
            return unreadable(FormatVersion.damaged("outcome"));
        }
    }

    private static OutcomeFormat readCurrent(BinaryReader reader) {
        reader.number(1);
        int state = (int) reader.number(1);
        Instant finishedAt = Instant.ofEpochMilli(reader.number(6));
        reader.number(6);
        int attempts = reader.signed();
        int crashes = (int) reader.number(2);
        Instant claimedAt = Instant.ofEpochMilli(reader.number(FENCE) / MICROS);
        String worker = reader.text((int) reader.number(1));
        return new OutcomeFormat(finishedAt, attempts, crashes, claimedAt, worker, outcome(state, reader.rest()));
    }

    /** Returns the attempt in which the job ended; empty when it ended otherwise. */
    Optional<Attempt> attempt() {
        if (worker.isEmpty() || finishedAt == null) {
            return Optional.empty();
        }
        Instant startedAt = claimedAt.isAfter(finishedAt) ? finishedAt : claimedAt;
        Attempt.End end = Attempt.End.valueOf(outcome.state().name());
        return Optional.of(new Attempt(attempts, startedAt, finishedAt, worker, end, outcome.error()));
    }

    private static OutcomeFormat unreadable(String defect) {
        JobError error = new JobError(JobError.UNREADABLE, defect, "");
        return new OutcomeFormat(null, 0, 0, Instant.EPOCH, "", new JobOutcome(JobState.FAILED, null, error));
    }

    /** Returns the outcome of which a script tells the state by number and the data as bytes. */
    static JobOutcome outcome(int number, byte[] data) {
        JobState state = state(number);
        return new JobOutcome(
                state,
                state == JobState.COMPLETED && data.length > 0 ? data : null,
                state == JobState.FAILED ? ErrorFormat.read(data) : null);
    }

    static JobState state(int number) {
        return switch (number) {
            case 1 -> JobState.COMPLETED;
            case 2 -> JobState.FAILED;
            case 3 -> JobState.CANCELLED;
            default -> throw new IllegalStateException("a stored outcome has the unknown state " + number);
        };
    }
}
