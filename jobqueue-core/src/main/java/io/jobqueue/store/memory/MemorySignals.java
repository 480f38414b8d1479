package io.jobqueue.store.memory;

import io.jobqueue.store.JobSignals;
import io.jobqueue.store.SignalListener;
import java.time.Duration;
import java.util.Set;

/** Hints inside one process. */
final class MemorySignals implements JobSignals {

    private final MemoryQueues queues;
    private final Subscribers subscribers;

    MemorySignals(MemoryQueues queues, Subscribers subscribers) {
        this.queues = queues;
        this.subscribers = subscribers;
    }

    @Override
    public boolean awaitWork(String queue, Duration atMost) throws InterruptedException {
        return queues.get(queue).wakeUp().await(atMost);
    }

    @Override
    public void offerWork(String queue) {
        queues.get(queue).wakeUp().offer();
    }

    @Override
    public Subscription subscribe(String address, Set<String> queues, SignalListener listener) {
        this.queues.requireOpen();
        return subscribers.add(address, queues, listener);
    }

    @Override
    public void forget(String queue, String jobId, String address) {
        queues.find(queue).ifPresent(found -> found.forget(jobId, address));
    }
}
