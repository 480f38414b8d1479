package io.jobqueue.engine;

import io.jobqueue.JobErrorHandler.Outcome;
import io.jobqueue.store.Settlement;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs claimed jobs of one queue on the calling thread and decides how their claims end. Thread-safe. */
final class JobRunner {

    private static final Logger log = LoggerFactory.getLogger(JobRunner.class);

    private final QueueHandlers handlers;
    private final HandlerCall call;
    private final ErrorHandlers errorHandlers;
    private final EngineListener listener;
    private final JobSteps steps;
    private final Observer observer;
    private final Jitter jitter;
    private final FailureLog failures;
    private final Consumer<Duration> timeoutBegun;

    /** Tells {@code timeoutBegun} of every timeout that starts to count. */
    JobRunner(
            QueueHandlers handlers,
            HandlerCall call,
            ErrorHandlers errorHandlers,
            EngineListener listener,
            Observer observer,
            Jitter jitter,
            FailureLog failures,
            Consumer<Duration> timeoutBegun) {
        this.handlers = handlers;
        this.call = call;
        this.errorHandlers = errorHandlers;
        this.listener = listener;
        steps = new JobSteps(listener);
        this.observer = observer;
        this.jitter = jitter;
        this.failures = failures;
        this.timeoutBegun = timeoutBegun;
    }

    /** Returns what runs the jobs of a queue as an engine's options say. */
    static JobRunner of(
            String queue,
            Collection<HandlerDefinition> handlers,
            EngineOptions options,
            FailureLog failures,
            Consumer<Duration> timeoutBegun) {
        LoopContext context = options.context();
        return new JobRunner(
                new QueueHandlers(queue, handlers, options.settings()),
                new HandlerCall(
                        options.codecs(),
                        options.upcasters(),
                        options.extensions().interceptors(),
                        options.maxPayloadBytes()),
                new ErrorHandlers(options.extensions().errorHandlers(), context.nanos()),
                context.listener(),
                options.observer(),
                context.jitter(),
                failures,
                timeoutBegun);
    }

    /** Returns what tells of the failures of the queue: one for all its partitions, so that they share its limits. */
    FailureLog failures() {
        return failures;
    }

    /** Runs the job, unless it was told to stop before, and returns how its claim is to be settled. */
    Settlement run(RunningJob job) {
        SettlementDecision decision = decisionFor(job);
        BoundHandler handler = job.claim().defect() == null ? handlers.find(job.type()) : null;
        Duration timeout = handler == null ? null : decision.rules().timeout();
        if (!job.enter(timeout)) {
            return decision.withoutEnd(job.halted());
        }
        JobMdc mdc = JobMdc.name(job);
        try {
            return observed(job, decision, handler, timeout);
        } finally {
            mdc.restore();
        }
    }

    /** Returns how the claim of a job is settled whose run has not come to an end. */
    Settlement abandon(RunningJob job) {
        return decisionFor(job).keepingFor(job.keptFor()).withoutEnd(job.halted());
    }

    /** Returns where the handler of a job is declared, for messages. */
    String originOf(RunningJob job) {
        BoundHandler handler = handlers.find(job.type());
        return handler == null ? "no handler" : handler.definition().origin();
    }

    private SettlementDecision decisionFor(RunningJob job) {
        return new SettlementDecision(handlers.queue(), job.claim(), handlers.rules(job), jitter.spread());
    }

    private Settlement observed(
            RunningJob job, SettlementDecision decision, @Nullable BoundHandler handler, @Nullable Duration timeout) {
        EngineObserver.Running observed = observer.run(job, handler != null);
        Settlement settlement = null;
        Throwable failure = null;
        try {
            AttemptResult result = perform(job, handler, timeout);
            failure = result.failure();
            job.failed(failure);
            tellOfFailure(job, result);
            AttemptResult decided = askErrorHandlers(job, decision, result);
            job.leave();
            settlement = decision.keepingFor(job.keptFor()).after(decided, job.halted());
            tellOfRetry(job, settlement);
            return settlement;
        } finally {
            if (settlement == null) {
                job.leave(); // nothing may interrupt the thread for it any more
            }
            boolean dropped = settlement == null || job.isConcluded();
            observed.ended(dropped ? null : Settlements.outcome(settlement), failure);
        }
    }

    private AttemptResult perform(RunningJob job, @Nullable BoundHandler handler, @Nullable Duration timeout) {
        String defect = job.claim().defect();
        if (defect != null) {
            return new AttemptResult.Unreadable(defect);
        }
        if (handler == null) {
            return new AttemptResult.NoHandler();
        }
        int version = PayloadVersions.of(job.headers());
        if (version > handler.definition().version()) {
            return new AttemptResult.TooNew(version, handler.definition().version());
        }
        if (timeout != null) {
            timeoutBegun.accept(timeout);
        }
        listener.started(handlers.queue(), job.type(), job.waited());
        steps.started(job);
        return call.make(handler.definition(), job);
    }

    private AttemptResult askErrorHandlers(RunningJob job, SettlementDecision decision, AttemptResult result) {
        Throwable failure = result.failure();
        Outcome planned = failure == null || errorHandlers.isEmpty() ? null : decision.planned(result, job.halted());
        if (failure == null || planned == null) {
            return result;
        }
        Outcome outcome = errorHandlers.decide(job, failure, planned);
        return outcome.equals(planned) ? result : new AttemptResult.Overruled(failure, outcome);
    }

    private void tellOfRetry(RunningJob job, Settlement settlement) {
        if (settlement instanceof Settlement.Retry retry && !job.isConcluded()) {
            failures.attemptFailed(job, retry);
        }
    }

    private static void tellOfFailure(RunningJob job, AttemptResult result) {
        if (result instanceof AttemptResult.Threw threw && log.isDebugEnabled()) {
            log.debug("Job {}: attempt {} ended with an exception", job.id(), job.attempt(), threw.error());
        }
    }
}
