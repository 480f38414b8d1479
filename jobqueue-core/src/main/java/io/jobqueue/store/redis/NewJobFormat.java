package io.jobqueue.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jobqueue.Dedup;
import io.jobqueue.Enqueued.Status;
import io.jobqueue.JobRequest.IfFailed;
import io.jobqueue.JobState;
import io.jobqueue.Placement;
import io.jobqueue.store.EnqueueAnswer;
import io.jobqueue.store.NewJob;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Writes a new job as the three arguments {@code enqueue.lua} reads, and reads its answer. */
final class NewJobFormat {

    private static final int NOW = 0;
    private static final int AFTER = 1;
    private static final int AT = 2;
    private static final int MILLIS = 6;
    private static final int EXTRA = 96;

    private NewJobFormat() {}

    static void write(NewJob job, RedisKeys keys, ScriptArguments arguments) {
        arguments.text(job.id()).bytes(SpecFormat.write(job.spec()));
        if (isPlain(job)) {
            arguments.empty();
        } else {
            arguments.bytes(extra(job, keys));
        }
    }

    private static boolean isPlain(NewJob job) {
        return job.spec().priority() == 0
                && job.ifFailed() == IfFailed.KEEP
                && job.delay().isZero()
                && job.runAt() == null
                && job.placement() == Placement.END
                && job.dedup() == null
                && job.replyTo() == null;
    }

    private static byte[] extra(NewJob job, RedisKeys keys) {
        BinaryWriter writer = new BinaryWriter(EXTRA)
                .number(job.spec().priority(), Integer.BYTES)
                .number(job.ifFailed() == IfFailed.REPLACE ? 1 : 0, 1);
        if (job.runAt() != null) {
            writer.number(AT, 1).number(sinceEpoch(job.runAt()), MILLIS);
        } else {
            writer.number(job.delay().isZero() ? NOW : AFTER, 1).number(roundedUp(job.delay()), MILLIS);
        }
        writer.number(job.placement() == Placement.FRONT ? 1 : 0, 1);
        write(job.dedup(), writer);
        if (job.replyTo() != null) {
            writer.rest(keys.replies(job.replyTo()).getBytes(UTF_8));
        }
        return writer.toBytes();
    }

    /** A time before the epoch is as good as the epoch, and the earliest has no number of milliseconds. */
    private static long sinceEpoch(Instant runAt) {
        return runAt.isBefore(Instant.EPOCH) ? 0 : runAt.toEpochMilli();
    }

    private static void write(@Nullable Dedup dedup, BinaryWriter writer) {
        if (dedup == null) {
            writer.number(0, 1).number(0, MILLIS);
            return;
        }
        long ttl = dedup.ttl() == null ? 0 : roundedUp(dedup.ttl());
        writer.number(mode(dedup.mode()), 1).number(ttl, MILLIS).rest(hashed(dedup.key()));
    }

    private static int mode(Dedup.Mode mode) {
        return switch (mode) {
            case UNTIL_TERMINAL -> 1;
            case WINDOW -> 2;
            case UNTIL_TERMINAL_OR_TTL -> 3;
            case DEBOUNCE -> 4;
        };
    }

    /** A key may be long and is never shown, so its hash is stored. */
    private static byte[] hashed(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** A delay shorter than a millisecond is still a delay. */
    private static long roundedUp(Duration delay) {
        return delay.plusNanos(999_999).toMillis();
    }

    /** Reads the answer for one job.
     *
     * @param id the id it was enqueued with
     * @param holder the job that holds its dedup key; empty when it is the id that is held, or nothing */
    static EnqueueAnswer answer(String id, byte[] state, byte[] result, byte[] holder) {
        String held = holder.length == 0 ? id : new String(holder, UTF_8);
        return switch (state[0]) {
            case 'Q' ->
                new EnqueueAnswer(id, Status.QUEUED, state.length > 1 ? JobState.SCHEDULED : JobState.WAITING, null);
            case '1' ->
                new EnqueueAnswer(held, Status.COMPLETED, JobState.COMPLETED, result.length == 0 ? null : result);
            default -> new EnqueueAnswer(held, Status.DUPLICATE, StateFormat.read(state[0]), null);
        };
    }
}
