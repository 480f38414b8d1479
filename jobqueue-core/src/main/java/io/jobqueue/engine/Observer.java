package io.jobqueue.engine;

import io.jobqueue.JobId;
import io.jobqueue.engine.EngineListener.Outcome;
import io.jobqueue.engine.EngineObserver.Enqueueing;
import io.jobqueue.engine.EngineObserver.NewcomerJob;
import io.jobqueue.engine.EngineObserver.Running;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the engine's observer, if there is one, and keeps from the engine what it throws. Thread-safe. */
final class Observer {

    private static final Logger log = LoggerFactory.getLogger(Observer.class);

    private static final Running UNOBSERVED = (outcome, failure) -> {};

    private final @Nullable EngineObserver observer;
    private final LogLimit limit;

    Observer(@Nullable EngineObserver observer, LongSupplier nanos) {
        this.observer = observer;
        limit = new LogLimit(nanos);
    }

    /** Makes a call that stores {@code jobs}, with the headers of the observer. */
    <T> T enqueue(List<PreparedJob> jobs, Function<List<PreparedJob>, T> call) {
        Enqueueing begun = observer == null || jobs.isEmpty() ? null : begin(observer, jobs);
        if (begun == null) {
            return call.apply(jobs);
        }
        Throwable failure = null;
        try {
            return call.apply(withHeaders(jobs, begun));
        } catch (Throwable e) {
            failure = e;
            throw e;
        } finally {
            end(begun, failure);
        }
    }

    /** Begins the observation of a run. */
    Running run(RunningJob job, boolean handled) {
        if (observer == null) {
            return UNOBSERVED;
        }
        Running begun = guarded(() -> observer.running(job, handled));
        return begun == null ? UNOBSERVED : (outcome, failure) -> end(begun, outcome, failure);
    }

    private @Nullable Enqueueing begin(EngineObserver asked, List<PreparedJob> jobs) {
        List<NewcomerJob> newcomers = jobs.stream()
                .map(job -> new NewcomerJob(
                        JobId.of(job.queue(), job.job().id()), job.job().spec().type()))
                .toList();
        return guarded(() -> asked.enqueueing(newcomers));
    }

    private List<PreparedJob> withHeaders(List<PreparedJob> jobs, Enqueueing begun) {
        Map<String, String> headers = guarded(begun::headers);
        return headers == null || headers.isEmpty()
                ? jobs
                : jobs.stream().map(job -> job.withHeaders(headers)).toList();
    }

    private void end(Enqueueing begun, @Nullable Throwable failure) {
        Object unused = guarded(() -> {
            begun.ended(failure);
            return null;
        });
    }

    private void end(Running begun, @Nullable Outcome outcome, @Nullable Throwable failure) {
        Object unused = guarded(() -> {
            begun.ended(outcome, failure);
            return null;
        });
    }

    private <T> @Nullable T guarded(Supplier<@Nullable T> call) {
        try {
            return call.get();
        } catch (Throwable e) { // an Error would end the run of a job
            if (limit.admits()) {
                log.warn("The engine's observer failed, the engine goes on", e);
            }
            return null;
        }
    }
}
