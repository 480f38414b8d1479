package io.jobqueue.store.redis;

import io.jobqueue.Enqueued.Status;
import io.jobqueue.JobRequest.IfFailed;
import io.jobqueue.JobState;
import io.jobqueue.store.EnqueueAnswer;
import io.jobqueue.store.NewJob;
import java.time.Duration;

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
                && job.replyTo() == null;
    }

    private static byte[] extra(NewJob job, RedisKeys keys) {
        BinaryWriter writer = new BinaryWriter(EXTRA)
                .number(job.spec().priority(), Integer.BYTES)
                .number(job.ifFailed() == IfFailed.REPLACE ? 1 : 0, 1);
        if (job.runAt() != null) {
            writer.number(AT, 1).number(Math.max(0, job.runAt().toEpochMilli()), MILLIS);
        } else {
            writer.number(job.delay().isZero() ? NOW : AFTER, 1).number(roundedUp(job.delay()), MILLIS);
        }
        if (job.replyTo() != null) {
            writer.rest(keys.replies(job.replyTo()).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        return writer.toBytes();
    }

    /** A delay shorter than a millisecond is still a delay. */
    private static long roundedUp(Duration delay) {
        return delay.plusNanos(999_999).toMillis();
    }

    static EnqueueAnswer answer(byte[] state, byte[] result) {
        return switch (state[0]) {
            case 'Q' ->
                new EnqueueAnswer(Status.QUEUED, state.length > 1 ? JobState.SCHEDULED : JobState.WAITING, null);
            case '1' -> new EnqueueAnswer(Status.COMPLETED, JobState.COMPLETED, result.length == 0 ? null : result);
            case '2' -> new EnqueueAnswer(Status.DUPLICATE, JobState.FAILED, null);
            default -> new EnqueueAnswer(Status.DUPLICATE, StateFormat.unended(state), null);
        };
    }
}
