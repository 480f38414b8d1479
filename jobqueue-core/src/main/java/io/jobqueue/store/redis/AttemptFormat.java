package io.jobqueue.store.redis;

import io.jobqueue.Attempt;
import io.jobqueue.JobError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the attempts of a job. The layouts stand in {@code include/attempts.lua} and {@code include/formats.lua}. */
final class AttemptFormat {

    private static final int MILLIS = 6;

    private AttemptFormat() {}

    /**
     * Returns the newest attempts, oldest first; those that can be read.
     *
     * @param stored those that were followed by something
     * @param outcome of the job, in which its last attempt stands when that ended it; empty when it has not ended
     */
    static List<Attempt> read(byte[] stored, byte[] outcome) {
        List<Attempt> attempts = new ArrayList<>();
        try {
            read(new BinaryReader(stored), attempts);
        } catch (RuntimeException e) { // the bytes may be anything
            attempts.clear();
        }
        if (outcome.length > 0) {
            OutcomeFormat.read(outcome).attempt().ifPresent(attempts::add);
        }
        return List.copyOf(attempts.subList(Math.max(0, attempts.size() - Attempt.MOST), attempts.size()));
    }

    private static void read(BinaryReader reader, List<Attempt> attempts) {
        while (reader.hasMore()) {
            if (reader.number(1) != FormatVersion.CURRENT) {
                throw new IllegalStateException("a stored attempt has another format version");
            }
            Attempt.End end = end((int) reader.number(1));
            int number = reader.signed();
            Instant startedAt = Instant.ofEpochMilli(reader.number(MILLIS));
            Instant endedAt = Instant.ofEpochMilli(reader.number(MILLIS));
            int worker = (int) reader.number(1);
            int error = reader.signed();
            attempts.add(new Attempt(number, startedAt, endedAt, reader.text(worker), end, error(reader.take(error))));
        }
    }

    private static @Nullable JobError error(byte[] bytes) {
        return bytes.length == 0 ? null : ErrorFormat.read(bytes);
    }

    static Attempt.End end(int number) {
        return switch (number) {
            case 1 -> Attempt.End.COMPLETED;
            case 2 -> Attempt.End.FAILED;
            case 3 -> Attempt.End.CANCELLED;
            case 4 -> Attempt.End.CRASHED;
            default -> throw new IllegalStateException("a stored attempt has the unknown end " + number);
        };
    }
}
