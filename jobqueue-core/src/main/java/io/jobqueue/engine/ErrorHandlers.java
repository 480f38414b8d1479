package io.jobqueue.engine;

import io.jobqueue.JobErrorHandler;
import io.jobqueue.JobErrorHandler.Outcome;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the application's error handlers one after the other; one that fails has no say. Thread-safe. */
final class ErrorHandlers {

    private static final Logger log = LoggerFactory.getLogger(ErrorHandlers.class);

    private final List<JobErrorHandler> handlers;
    private final LogLimit limit;

    ErrorHandlers(List<JobErrorHandler> handlers, LongSupplier nanos) {
        this.handlers = List.copyOf(handlers);
        limit = new LogLimit(nanos);
    }

    boolean isEmpty() {
        return handlers.isEmpty();
    }

    /** Returns what follows a failed attempt, {@code planned} when nobody says something else. */
    Outcome decide(RunningJob job, Throwable failure, Outcome planned) {
        Outcome outcome = planned;
        for (JobErrorHandler handler : handlers) {
            outcome = ask(handler, job, failure, outcome);
        }
        return outcome;
    }

    private Outcome ask(JobErrorHandler handler, RunningJob job, Throwable failure, Outcome planned) {
        try {
            return Objects.requireNonNull(handler.onError(job, failure, planned), "returned null");
        } catch (Throwable e) { // user code: what it throws must not hide the failure it was asked about
            if (limit.admits()) {
                log.warn(
                        "Job {}: error handler {} failed, so what was planned stays: {}",
                        job.id(),
                        handler.getClass().getName(),
                        planned,
                        e);
            }
            return planned;
        }
    }
}
