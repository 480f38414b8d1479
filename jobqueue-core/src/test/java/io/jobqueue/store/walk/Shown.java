package io.jobqueue.store.walk;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jobqueue.store.Claim;
import io.jobqueue.store.EnqueueAnswer;
import io.jobqueue.store.ExchangeAnswer;
import io.jobqueue.store.JobSpec;
import io.jobqueue.store.Reaped;
import io.jobqueue.store.StoredJob;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Answers as text that is equal when they mean the same. */
final class Shown {

    private Shown() {}

    static String enqueued(List<EnqueueAnswer> answers) {
        return answers.stream()
                .map(answer -> answer.id() + " " + answer.status() + " " + answer.state() + " " + text(answer.result()))
                .collect(Collectors.joining("; "));
    }

    static String exchanged(ExchangeAnswer answer) {
        if (answer.sessionLost()) {
            return "lost " + answer.settled() + answer.claims();
        }
        String claims = answer.claims().stream().map(Shown::claim).collect(Collectors.joining("; "));
        return answer.settled() + " paused " + answer.paused() + " due " + answer.nextDue() + " [" + claims + "]";
    }

    static String reaped(List<Reaped> reaped) {
        return reaped.stream().map(Reaped::toString).sorted().collect(Collectors.joining("; "));
    }

    static String found(Optional<StoredJob> found) {
        return found.map(job -> String.join(
                        " ",
                        job.id(),
                        spec(job.spec()),
                        job.state().toString(),
                        "attempts " + job.attempts(),
                        "crashes " + job.crashes(),
                        "created " + job.createdAt(),
                        "due " + job.dueAt(),
                        "finished " + job.finishedAt(),
                        "progress " + job.progress(),
                        "attributes " + new TreeMap<>(job.attributes()),
                        "result " + text(job.result()),
                        "error " + job.error()))
                .orElse("nothing");
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
