package io.jobqueue.engine;

import io.jobqueue.JobListener;
import io.jobqueue.JobQueueException;
import io.jobqueue.JobSubscription;
import io.jobqueue.store.partition.PartitionedStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** The queues this process listens to: a line each, from its first listener to its last. Thread-safe. */
final class EventLines implements AutoCloseable {

    private final PartitionedStore store;
    private final Duration readEvery;
    private final LineWatch watch;
    private final LoopContext context;
    private final Map<String, EventLine> byQueue = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private boolean closed;

    EventLines(PartitionedStore store, Duration readEvery, LineWatch watch, LoopContext context) {
        this.store = store;
        this.readEvery = readEvery;
        this.watch = watch;
        this.context = context;
    }

    JobSubscription listen(String queue, JobListener listener) {
        lock.lock();
        try {
            if (closed) {
                throw new JobQueueException("queue '" + queue + "': the engine is closed, nobody can listen with it;"
                        + " listen by an engine that is open");
            }
            EventLine known = byQueue.get(queue);
            if (known != null) {
                return known.add(listener, left -> leave(queue, left));
            }
            EventLine line = new EventLine(queue, store, readEvery, context);
            EventSubscription first = line.add(listener, left -> leave(queue, left));
            byQueue.put(queue, line);
            line.start(watch);
            return first;
        } finally {
            lock.unlock();
        }
    }

    private void leave(String queue, EventSubscription subscription) {
        lock.lock();
        try {
            EventLine line = byQueue.get(queue);
            if (line != null && !line.remove(subscription)) {
                byQueue.remove(queue);
                line.close();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            byQueue.values().forEach(EventLine::close);
            byQueue.clear();
        } finally {
            lock.unlock();
        }
    }
}
