package io.jobqueue.spring.autoconfigure;

import io.jobqueue.JobEvent;
import io.jobqueue.engine.EngineListener;
import io.jobqueue.engine.JobStep;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells several listeners what the engine tells one. What one of them throws, the others do not notice. */
final class EngineListeners implements EngineListener {

    private static final Logger log = LoggerFactory.getLogger(EngineListeners.class);

    private final List<EngineListener> listeners;
    private final Set<EngineListener> failing = ConcurrentHashMap.newKeySet();

    EngineListeners(List<EngineListener> listeners) {
        this.listeners = List.copyOf(listeners);
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
        tell(listener -> {
            if (step.kind() == JobEvent.Kind.FAILED || listener.followsJobs()) {
                listener.happened(step);
            }
        });
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
        listeners.forEach(listener -> tell(listener, news));
    }

    /** The first failure of a listener is worth a line, not every one of a million jobs. */
    private void tell(EngineListener listener, Consumer<EngineListener> news) {
        try {
            news.accept(listener);
        } catch (Throwable e) { // an Error of one listener is no reason to keep the others in the dark
            String name = listener.getClass().getName();
            if (failing.add(listener)) {
                log.warn(
                        "Engine listener {} failed, the others are told all the same; further failures at DEBUG",
                        name,
                        e);
            } else {
                log.debug("Engine listener {} failed", name, e);
            }
        }
    }
}
