package io.jobqueue.store.memory;

import io.jobqueue.store.EventPage;
import io.jobqueue.store.JobEvents;
import io.jobqueue.store.JobSignals.Subscription;
import io.jobqueue.store.Watch;
import java.time.Duration;

/** The events of the jobs in memory. */
final class MemoryEvents implements JobEvents {

    private final MemoryQueues queues;

    MemoryEvents(MemoryQueues queues) {
        this.queues = queues;
    }

    @Override
    public Watch watch(String queue, Duration hold) {
        MemoryQueue watched = queues.get(queue);
        return watched.locked(now -> watched.events().watch(hold));
    }

    @Override
    public EventPage since(String queue, long sequence, int limit) {
        MemoryQueue read = queues.get(queue);
        return read.locked(now -> read.events().since(sequence, limit));
    }

    @Override
    public Subscription subscribe(String queue, Runnable hint) {
        EventHints hints = queues.get(queue).eventHints();
        return hints.add(hint);
    }
}
