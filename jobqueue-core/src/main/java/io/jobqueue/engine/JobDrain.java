package io.jobqueue.engine;

import io.jobqueue.InvalidJobException;
import io.jobqueue.Names;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.store.Claim;
import io.jobqueue.store.ExchangeAnswer;
import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.JobTransitions;
import io.jobqueue.store.Partition;
import io.jobqueue.store.Settlement;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Runs jobs one by one on the calling thread, for tests and for tools: claims the next one that is due, runs it with its
 * interceptors, retries and error handlers, and settles it by its token, all as a worker does. Thread-safe, also beside
 * running workers.
 *
 * <p>Apart from workers: nobody renews the lease while the job runs, so a run that takes longer is lost; no timeout and no
 * cancel interrupts it, a cancel shows when it is settled.
 */
public final class JobDrain {

    private final EngineOptions options;
    private final Supplier<Collection<HandlerDefinition>> handlers;
    private final FailureLog failures;

    JobDrain(EngineOptions options, Supplier<Collection<HandlerDefinition>> handlers) {
        this.options = options;
        this.handlers = handlers;
        failures = new FailureLog(options.context().nanos());
    }

    /**
     * Runs the next job of a queue that is due.
     *
     * @return what ran, settled; empty when none is due, or the queue is paused
     * @throws InvalidJobException when {@code queue} is not a name
     * @throws StoreUnavailableException when the store did not answer; a job that ran runs again when its lease has ended
     */
    public Optional<DrainedJob> runNext(String queue) {
        Names.require("queue", queue);
        for (Partition partition : options.store().currentPartitions(queue)) {
            Optional<DrainedJob> ran = runNext(partition);
            if (ran.isPresent()) {
                return ran;
            }
        }
        return Optional.empty();
    }

    private Optional<DrainedJob> runNext(Partition partition) {
        QueueSettings settings = options.settings().of(partition.queue());
        Lease lease = Lease.begin(partition.name(), options.workerName(), Objects.requireNonNull(settings.lease()));
        JobTransitions transitions = options.store().transitions();
        try {
            ExchangeAnswer answer;
            do {
                answer = exchange(transitions, lease, List.of(), 1, settings);
            } while (answer.claims().isEmpty() && answer.cutShort());
            return answer.claims().isEmpty()
                    ? Optional.empty()
                    : Optional.of(run(answer.claims().get(0), answer, lease, transitions, settings));
        } finally {
            transitions.reconcile(lease.session(), List.of());
        }
    }

    private DrainedJob run(
            Claim claim, ExchangeAnswer answer, Lease lease, JobTransitions transitions, QueueSettings settings) {
        LoopContext context = options.context();
        Outcomes outcomes = new Outcomes(() -> {});
        Duration waited = Duration.between(claim.waitingSince(), answer.at());
        RunningJob job = new RunningJob(
                claim,
                lease,
                waited.isNegative() ? Duration.ZERO : waited,
                outcomes,
                new RunNotes(options.store().notes()),
                context.nanos());
        lease.add(job);
        JobRunner runner = JobRunner.of(job.queue(), handlers.get(), options, failures, timeout -> {});
        boolean unusedOnceDecided = job.conclude(runner.run(job));
        Settlements settlements =
                new Settlements(outcomes, options.replies(), Runnable::run, context.listener(), failures);
        List<Ending> endings = settlements.take();
        boolean settled = !endings.isEmpty() && settle(transitions, lease, settlements, endings, settings);
        Settlement settlement = settled ? endings.get(0).settlement() : null;
        return new DrainedJob(
                job.id(),
                job.type(),
                job.attempt(),
                settlement == null ? null : Settlements.outcome(settlement),
                job.failure());
    }

    private boolean settle(
            JobTransitions transitions,
            Lease lease,
            Settlements settlements,
            List<Ending> endings,
            QueueSettings settings) {
        ExchangeAnswer answer = exchange(transitions, lease, endings, 0, settings);
        settlements.answered(endings, answer);
        return answer.settled().get(0);
    }

    private static ExchangeAnswer exchange(
            JobTransitions transitions, Lease lease, List<Ending> endings, int claims, QueueSettings settings) {
        return transitions.exchange(new ExchangeRequest(
                lease.session(),
                Settlements.of(endings),
                claims,
                JobRules.of(settings.jobs()).cancelledRetention(),
                Objects.requireNonNull(settings.types())));
    }
}
