package io.jobqueue.spring.autoconfigure;

import io.jobqueue.JobEvent;
import io.jobqueue.engine.EngineListener;
import io.jobqueue.engine.JobStep;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells several listeners what the engine tells one. */
record EngineListeners(List<EngineListener> listeners) implements EngineListener {

    EngineListeners {
        listeners = List.copyOf(listeners);
    }

    @Override
    public void started(String queue, String type, Duration waited) {
        tell(listener -> listener.started(queue, type, waited));
    }

    @Override
    public void settled(String queue, String type, Outcome outcome, Duration ran) {
        tell(listener -> listener.settled(queue, type, outcome, ran));
    }

    @Override
    public void leaseLost(String queue, int claims) {
        tell(listener -> listener.leaseLost(queue, claims));
    }

    @Override
    public void reaped(String queue, int claims) {
        tell(listener -> listener.reaped(queue, claims));
    }

    @Override
    public void loopReplaced(String loop) {
        tell(listener -> listener.loopReplaced(loop));
    }

    @Override
    public void storeFailed(String queue) {
        tell(listener -> listener.storeFailed(queue));
    }

    @Override
    public boolean followsJobs() {
        return listeners.stream().anyMatch(EngineListener::followsJobs);
    }

    @Override
    public void happened(JobStep step) {
        listeners.stream()
                .filter(listener -> step.kind() == JobEvent.Kind.FAILED || listener.followsJobs())
                .forEach(listener -> listener.happened(step));
    }

    @Override
    public void paused(String queue, @Nullable String type) {
        tell(listener -> listener.paused(queue, type));
    }

    @Override
    public void resumed(String queue, @Nullable String type) {
        tell(listener -> listener.resumed(queue, type));
    }

    private void tell(Consumer<EngineListener> news) {
        listeners.forEach(news);
    }
}
