package io.jobqueue.spring.observation;

import io.jobqueue.JobContext;
import io.jobqueue.engine.EngineListener.Outcome;
import io.jobqueue.engine.EngineObserver;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Observes every call that stores jobs as {@code jobqueue.enqueue}, once a call however many jobs it stores, and every
 * run as {@code jobqueue.process}. The context of the trace travels in the headers of the jobs, so a job and all its
 * retries belong to the trace that enqueued it. Thread-safe.
 */
public final class JobQueueObservation implements EngineObserver {

    private static final JobEnqueueObservationConvention ENQUEUE = new DefaultJobEnqueueObservationConvention();
    private static final JobProcessObservationConvention PROCESS = new DefaultJobProcessObservationConvention();

    private final ObservationRegistry registry;
    private final boolean propagating;
    private final Supplier<String> worker;
    private final @Nullable JobEnqueueObservationConvention enqueue;
    private final @Nullable JobProcessObservationConvention process;

    /**
     * Observes by {@code registry}.
     *
     * @param propagation whether the trace travels with the jobs
     * @param worker what people call the workers of this process; asked when the first job runs
     * @param enqueue names and tags the calls that store jobs; null for the default
     * @param process names and tags the runs; null for the default
     */
    public JobQueueObservation(
            ObservationRegistry registry,
            TracePropagation propagation,
            Supplier<String> worker,
            @Nullable JobEnqueueObservationConvention enqueue,
            @Nullable JobProcessObservationConvention process) {
        this.registry = registry;
        this.propagating = propagation != TracePropagation.NONE;
        this.worker = worker;
        this.enqueue = enqueue;
        this.process = process;
    }

    @Override
    public Enqueueing enqueueing(List<NewcomerJob> jobs) {
        JobSenderContext context = new JobSenderContext(jobs, propagating);
        Observation observation =
                JobQueueObservationDocumentation.ENQUEUE.start(enqueue, ENQUEUE, () -> context, registry);
        Observation.Scope scope = observation.openScope();
        return new Enqueueing() {
            @Override
            public Map<String, String> headers() {
                Map<String, String> carrier = context.getCarrier();
                return carrier == null ? Map.of() : carrier;
            }

            @Override
            public void ended(@Nullable Throwable failure) {
                end(observation, scope, failure);
            }
        };
    }

    @Override
    public Running running(JobContext job, boolean handled) {
        JobReceiverContext context = new JobReceiverContext(job, worker.get(), handled, propagating);
        Observation observation =
                JobQueueObservationDocumentation.PROCESS.start(process, PROCESS, () -> context, registry);
        Observation.Scope scope = observation.openScope();
        return (outcome, failure) -> {
            context.end(outcome);
            end(observation, scope, isError(outcome) ? failure : null);
        };
    }

    private static void end(Observation observation, Observation.Scope scope, @Nullable Throwable failure) {
        scope.close();
        if (failure != null) {
            observation.error(failure);
        }
        observation.stop();
    }

    /** A handler that cancels or snoozes its job by an exception has not failed. */
    private static boolean isError(@Nullable Outcome outcome) {
        return outcome == null || outcome == Outcome.RETRIED || outcome == Outcome.FAILED;
    }
}
