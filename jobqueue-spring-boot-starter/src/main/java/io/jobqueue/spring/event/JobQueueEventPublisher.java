package io.jobqueue.spring.event;

import io.jobqueue.JobError;
import io.jobqueue.engine.EngineListener;
import io.jobqueue.engine.JobStep;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;

/**
 * Publishes what the engine tells as events of the application, on a thread of its own: what listeners do, and how long
 * they take, concerns no job. Starts before everything else and stops after it, with the last events published.
 * Thread-safe.
 */
public final class JobQueueEventPublisher implements EngineListener, SmartLifecycle {

    private static final long STOP_MILLIS = 5_000;

    private final ApplicationEventPublisher publisher;
    private final boolean everyStep;
    private final ListenerFailures failures = new ListenerFailures();
    private final EventThread thread = new EventThread(this::publish);
    private volatile boolean running;

    /**
     * Publishes by {@code publisher}.
     *
     * @param everyStep whether every {@link JobStepEvent} is published; otherwise only {@link JobDeadEvent}
     */
    public JobQueueEventPublisher(ApplicationEventPublisher publisher, boolean everyStep) {
        this.publisher = publisher;
        this.everyStep = everyStep;
    }

    @Override
    public boolean followsJobs() {
        return everyStep;
    }

    @Override
    public void happened(JobStep step) {
        JobStepEvent event = event(step);
        if (event != null) {
            thread.add(event);
        }
    }

    @Override
    public void paused(String queue, @Nullable String type) {
        thread.add(new QueuePausedEvent(queue, type));
    }

    @Override
    public void resumed(String queue, @Nullable String type) {
        thread.add(new QueueResumedEvent(queue, type));
    }

    @Override
    public void start() {
        running = true;
        thread.start();
    }

    @Override
    public void stop() {
        running = false;
        thread.stop(STOP_MILLIS);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }

    private void publish(Object event) {
        try {
            publisher.publishEvent(event);
        } catch (Throwable e) { // the later events must not suffer for it
            failures.add(event, e);
        }
    }

    private static @Nullable JobStepEvent event(JobStep step) {
        return switch (step.kind()) {
            case ENQUEUED -> new JobEnqueuedEvent(step.id(), step.type());
            case STARTED -> new JobStartedEvent(step.id(), step.type(), step.attempt());
            case COMPLETED -> new JobCompletedEvent(step.id(), step.type(), step.attempt());
            case RETRIED -> new JobRetriedEvent(step.id(), step.type(), step.attempt(), error(step));
            case RELEASED -> new JobReleasedEvent(step.id(), step.type(), step.attempt());
            case CRASHED -> new JobCrashedEvent(step.id(), step.type(), step.attempt());
            case CANCELLED -> new JobCancelledEvent(step.id(), step.type(), step.attempt());
            case FAILED -> new JobDeadEvent(step.id(), step.type(), step.attempt(), error(step));
            default -> null;
        };
    }

    private static JobError error(JobStep step) {
        return Objects.requireNonNull(step.error(), "error");
    }
}
