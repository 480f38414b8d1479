package io.jobqueue.store.walk;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jobqueue.Dedup;
import io.jobqueue.store.Claim;
import io.jobqueue.store.EnqueueAnswer;
import io.jobqueue.store.ExchangeAnswer;
import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.JobSpec;
import io.jobqueue.store.NewJob;
import io.jobqueue.store.Reaped;
import io.jobqueue.store.StoredJob;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Answers as text that is equal when they mean the same. */
final class Shown {

    private Shown() {}

    static String enqueued(List<NewJob> jobs, List<EnqueueAnswer> answers) {
        return IntStream.range(0, answers.size())
                .mapToObj(i -> enqueued(jobs.get(i), answers.get(i)))
                .collect(Collectors.joining("; "));
    }

    private static String enqueued(NewJob job, EnqueueAnswer answer) {
        Dedup dedup = answer.id().equals(job.id()) ? null : job.dedup();
        return answer.id() + " " + answer.status() + " " + answer.state() + " " + text(answer.result())
                + (dedup == null ? "" : " by its key " + dedup.mode());
    }

    static String exchanged(ExchangeRequest request, ExchangeAnswer answer) {
        if (answer.sessionLost()) {
            return "lost " + answer.settled() + answer.claims();
        }
        String settled = IntStream.range(0, answer.settled().size())
                .mapToObj(i -> request.settlements().get(i).getClass().getSimpleName() + " "
                        + answer.settled().get(i))
                .collect(Collectors.joining(", "));
        String claims = answer.claims().stream().map(Shown::claim).collect(Collectors.joining("; "));
        return "[" + settled + "] paused " + answer.paused() + " due " + answer.nextDue() + " [" + claims + "]";
    }

    static String reaped(List<Reaped> reaped) {
        return reaped.stream().map(Reaped::toString).sorted().collect(Collectors.joining("; "));
    }

    static String found(Optional<StoredJob> found) {
        return found.map(Shown::job).orElse("nothing");
    }

    /** Times as numbers: a walk shows every job after every step, and dates would take most of its time. */
    private static String job(StoredJob job) {
        return job.id() + " " + spec(job.spec()) + " " + job.state()
                + " attempts " + job.attempts()
                + " crashes " + job.crashes()
                + " created " + millis(job.createdAt())
                + " due " + millis(job.dueAt())
                + " finished " + millis(job.finishedAt())
                + " progress " + job.progress()
                + " attributes " + new TreeMap<>(job.attributes())
                + " result " + text(job.result())
                + " error " + job.error();
    }

    private static @Nullable Long millis(@Nullable Instant at) {
        return at == null ? null : at.toEpochMilli();
    }

    private static String claim(Claim claim) {
        return claim.token() + " " + spec(claim.spec()) + " attempt " + claim.attempt() + " crashes " + claim.crashes()
                + " handBacks " + claim.handBacks() + " since " + claim.waitingSince();
    }

    private static String spec(JobSpec spec) {
        return spec.type() + " " + text(spec.payload()) + " " + spec.priority() + " " + spec.options();
    }

    private static @Nullable String text(byte @Nullable [] bytes) {
        return bytes == null ? null : new String(bytes, UTF_8);
    }
}
