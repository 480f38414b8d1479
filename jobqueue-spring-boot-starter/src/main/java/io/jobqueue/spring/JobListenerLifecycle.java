package io.jobqueue.spring;

import io.jobqueue.JobListener;
import io.jobqueue.JobSubscription;
import io.jobqueue.engine.HandlerDefinition;
import io.jobqueue.engine.JobEngine;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.context.SmartLifecycle;

/** Lets listeners hear from before the workers start until after they have stopped. Thread-safe. */
public final class JobListenerLifecycle implements SmartLifecycle {

    private final JobEngine engine;
    private final Collection<JobListener> listeners;
    private final int phase;
    private final List<JobSubscription> subscriptions = new ArrayList<>();
    private boolean running;

    /**
     * Subscribes {@code listeners} to the queues they name, or to those that have a handler.
     *
     * @param workers the phase of the workers
     */
    public JobListenerLifecycle(JobEngine engine, Collection<JobListener> listeners, int workers) {
        this.engine = engine;
        this.listeners = List.copyOf(listeners);
        phase = workers == Integer.MIN_VALUE ? workers : workers - 1;
    }

    @Override
    public synchronized void start() {
        if (!running) {
            running = true;
            listeners.forEach(this::subscribe);
        }
    }

    @Override
    public synchronized void stop() {
        subscriptions.forEach(JobSubscription::close);
        subscriptions.clear();
        running = false;
    }

    @Override
    public synchronized boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return phase;
    }

    private void subscribe(JobListener listener) {
        Set<String> named = listener.queues();
        for (String queue : named.isEmpty() ? handled() : named) {
            subscriptions.add(engine.jobQueue().listen(queue, listener));
        }
    }

    private Set<String> handled() {
        return engine.handlers().stream().map(HandlerDefinition::queue).collect(Collectors.toSet());
    }
}
