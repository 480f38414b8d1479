package io.jobqueue.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jobqueue.Dedup;
import io.jobqueue.Enqueued.Status;
import io.jobqueue.JobRequest.IfFailed;
import io.jobqueue.JobState;
import io.jobqueue.Placement;
import io.jobqueue.store.Claim;
import io.jobqueue.store.ClaimToken;
import io.jobqueue.store.EnqueueAnswer;
import io.jobqueue.store.HandOver;
import io.jobqueue.store.NewJob;
import io.jobqueue.store.WorkerSession;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes new jobs as the arguments {@code enqueue.lua} reads, and reads its answers. */
final class NewJobFormat {

    private static final int NOW = 0;
    private static final int AFTER = 1;
    private static final int AT = 2;
    private static final int MILLIS = 6;
    private static final int EXTRA = 96;
    private static final String PLAIN = "1";
    private static final String HAND_OVER = "2";
    private static final byte[] NO_EXTRA = new byte[0];

    private NewJobFormat() {}

    static ScriptArguments write(List<NewJob> jobs, RedisKeys keys) {
        boolean plain = arePlain(jobs);
        ScriptArguments arguments = new ScriptArguments(jobs.size() * 3 + 3)
                .number(jobs.size())
                .text(plain ? PLAIN + channel(jobs, keys) : "0");
        jobs.forEach(job -> arguments.text(job.id()));
        jobs.forEach(job -> arguments.bytes(SpecFormat.write(job.spec())));
        if (!plain) {
            jobs.forEach(job -> arguments.bytes(job.isPlain() && job.replyTo() == null ? NO_EXTRA : extra(job, keys)));
        }
        return arguments;
    }

    /** Writes plain jobs that the session can take at once. */
    static ScriptArguments write(WorkerSession session, List<NewJob> jobs, RedisKeys keys) {
        ScriptArguments arguments =
                new ScriptArguments(jobs.size() * 2 + 6).number(jobs.size()).text(HAND_OVER + channel(jobs, keys));
        jobs.forEach(job -> arguments.text(job.id()));
        jobs.forEach(job -> arguments.bytes(SpecFormat.write(job.spec())));
        return arguments.leaseOf(session).number(session.epoch());
    }

    /** Returns whether extras say nothing of any job that is not the same for all. */
    static boolean arePlain(List<NewJob> jobs) {
        String replyTo = jobs.get(0).replyTo();
        Set<String> ids = new HashSet<>(2 * jobs.size());
        for (NewJob job : jobs) {
            if (!job.isPlain() || !Objects.equals(job.replyTo(), replyTo) || !ids.add(job.id())) {
                return false;
            }
        }
        return true;
    }

    private static String channel(List<NewJob> jobs, RedisKeys keys) {
        String replyTo = jobs.get(0).replyTo();
        return replyTo == null ? "" : keys.replies(replyTo);
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
    static byte[] hashed(String key) {
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

    /**
     * Reads the answers, one a job, in order.
     *
     * @param again asks for the answer of one job alone, whose holder has completed with a result for which there was no more
     *     room
     */
    static List<EnqueueAnswer> answers(List<NewJob> jobs, Object answer, Function<NewJob, EnqueueAnswer> again) {
        List<EnqueueAnswer> answers = new ArrayList<>(jobs.size());
        if (answer instanceof byte[]) {
            jobs.forEach(job -> answers.add(stored(job, JobState.WAITING)));
            return answers;
        }
        Iterator<?> parts = ((List<?>) answer).iterator();
        byte[] states = (byte[]) parts.next();
        for (int i = 0; i < states.length; i++) {
            NewJob job = jobs.get(i);
            answers.add(
                    switch (states[i]) {
                        case 'w' -> stored(job, JobState.WAITING);
                        case 's' -> stored(job, JobState.SCHEDULED);
                        default -> held(job, states[i], (byte[]) parts.next(), (byte[]) parts.next(), again);
                    });
        }
        return answers;
    }

    /** Reads the answer to a hand-over; what was claimed is what was sent. */
    static HandOver handOver(List<NewJob> jobs, Object answer, Function<NewJob, EnqueueAnswer> again) {
        if (!(answer instanceof List<?> parts) || ((byte[]) parts.get(0)).length > 0) {
            return HandOver.unclaimed(answers(jobs, answer, again));
        }
        Instant at = ExchangeFormat.instant(RedisTransitions.number(parts.get(1)));
        Instant since = at.truncatedTo(ChronoUnit.MILLIS);
        long fence = RedisTransitions.number(parts.get(2));
        List<EnqueueAnswer> answers = new ArrayList<>(jobs.size());
        List<Claim> claims = new ArrayList<>(jobs.size());
        for (NewJob job : jobs) {
            answers.add(stored(job, JobState.ACTIVE));
            claims.add(new Claim(new ClaimToken(job.id(), fence), job.spec(), 1, 0, 0, since));
        }
        return new HandOver(answers, claims, at);
    }

    private static EnqueueAnswer stored(NewJob job, JobState state) {
        return new EnqueueAnswer(job.id(), Status.QUEUED, state, null);
    }

    /** The holder of a dedup key has a name of its own; the holder of the id has none. */
    private static EnqueueAnswer held(
            NewJob job, byte state, byte[] result, byte[] holder, Function<NewJob, EnqueueAnswer> again) {
        String id = holder.length == 0 ? job.id() : new String(holder, UTF_8);
        return switch (state) {
            case '1' -> new EnqueueAnswer(id, Status.COMPLETED, JobState.COMPLETED, result.length == 0 ? null : result);
            case 'r' -> again.apply(job);
            default -> new EnqueueAnswer(id, Status.DUPLICATE, StateFormat.read(state), null);
        };
    }
}
