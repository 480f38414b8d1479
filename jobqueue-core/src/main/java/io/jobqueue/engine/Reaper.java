package io.jobqueue.engine;

import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.JobLedger;
import io.jobqueue.store.JobTransitions;
import io.jobqueue.store.Partition;
import io.jobqueue.store.ReapRequest;
import io.jobqueue.store.Reaped;
import io.jobqueue.store.Term;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes jobs over from workers that were lost. */
final class Reaper {

    private static final Logger log = LoggerFactory.getLogger(Reaper.class);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(4);

    private final JobTransitions transitions;
    private final ReapRequest request;
    private final Duration interval;
    private final EngineListener listener;
    private final ReapedJobs told;
    private final Jitter jitter;

    /** @param settings what holds for the queue; completed by the built-in ones */
    Reaper(
            JobTransitions transitions,
            JobLedger ledger,
            QueueSettings settings,
            EngineListener listener,
            Jitter jitter) {
        this.transitions = transitions;
        this.listener = listener;
        told = new ReapedJobs(ledger, new JobSteps(listener));
        this.jitter = jitter;
        JobRules rules = JobRules.of(settings.jobs());
        request = new ReapRequest(
                ExchangeRequest.MOST,
                Objects.requireNonNull(settings.stall().policy()),
                Objects.requireNonNull(settings.stall().maxCrashes()),
                rules.failedRetention(),
                rules.cancelledRetention());
        Duration third = Objects.requireNonNull(settings.lease()).dividedBy(3);
        interval = third.compareTo(LONGEST_WAIT) < 0 ? third : LONGEST_WAIT;
    }

    Duration reap(Term term) {
        List<Reaped> reaped = transitions.reap(term, request);
        if (!reaped.isEmpty()) {
            log.warn(
                    "Queue '{}': took {} jobs over from lost workers by the stall policy {}, the first is '{}'",
                    Partition.named(term.queue()),
                    reaped.size(),
                    request.stall(),
                    reaped.get(0).jobId());
            listener.reaped(Partition.queueOf(term.queue()), reaped.size());
            told.tell(term.queue(), reaped, request.error());
        }
        return reaped.size() >= ExchangeRequest.MOST ? Duration.ZERO : jitter.around(interval);
    }
}
