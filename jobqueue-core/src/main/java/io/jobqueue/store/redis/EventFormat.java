package io.jobqueue.store.redis;

import static java.util.Map.entry;

import io.jobqueue.JobError;
import io.jobqueue.JobEvent;
import io.jobqueue.JobEvent.Kind;
import io.jobqueue.JobId;
import io.jobqueue.Progress;
import io.jobqueue.store.Partition;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Events as bytes, written by {@code include/events.lua}. */
final class EventFormat {

    /** The letters of {@code include/events.lua}. */
    private static final Map<Character, Kind> KINDS = Map.ofEntries(
            entry('E', Kind.ENQUEUED),
            entry('P', Kind.PROMOTED),
            entry('S', Kind.STARTED),
            entry('G', Kind.PROGRESSED),
            entry('U', Kind.UPDATED),
            entry('R', Kind.RETRIED),
            entry('L', Kind.RELEASED),
            entry('X', Kind.CRASHED),
            entry('C', Kind.COMPLETED),
            entry('F', Kind.FAILED),
            entry('Q', Kind.CANCEL_REQUESTED),
            entry('K', Kind.CANCELLED),
            entry('Y', Kind.REPLAYED),
            entry('H', Kind.CHANGED),
            entry('D', Kind.REMOVED));

    private EventFormat() {}

    /** Returns the event; null for bytes that a newer release or somebody else wrote. */
    static @Nullable JobEvent read(byte[] stored, long sequence, String queue) {
        if (FormatVersion.defect("event", stored) != null) {
            return null;
        }
        try {
            BinaryReader reader = new BinaryReader(stored);
            reader.number(1);
            Kind kind = Objects.requireNonNull(KINDS.get((char) reader.number(1)), "kind");
            Instant at = Instant.ofEpochMilli(reader.number(6));
            int attempt = (int) reader.number(Integer.BYTES);
            int id = (int) reader.number(2);
            int type = (int) reader.number(2);
            reader.number(Integer.BYTES);
            JobId of = JobId.of(Partition.queueOf(queue), reader.text(id));
            String ofType = reader.text(type);
            byte[] detail = reader.rest();
            return new JobEvent(sequence, at, of, ofType, kind, attempt, progress(kind, detail), error(kind, detail));
        } catch (RuntimeException e) { // the bytes may be anything
            return null;
        }
    }

    private static @Nullable Progress progress(Kind kind, byte[] detail) {
        return kind == Kind.PROGRESSED ? ProgressFormat.read(detail) : null;
    }

    private static @Nullable JobError error(Kind kind, byte[] detail) {
        return kind == Kind.RETRIED || kind == Kind.FAILED ? ErrorFormat.read(detail) : null;
    }
}
