package io.jobqueue.store.memory;

import io.jobqueue.StoreUnavailableException;
import io.jobqueue.StoreUnavailableException.Outcome;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The queues of a store by name, until it is closed. */
final class MemoryQueues {

    private final Map<String, MemoryQueue> queues = new ConcurrentHashMap<>();
    private final InstantSource clock;
    private final Subscribers subscribers;
    private volatile boolean closed;

    MemoryQueues(InstantSource clock, Subscribers subscribers) {
        this.clock = clock;
        this.subscribers = subscribers;
    }

    /** Returns the queue, made when there was none. */
    MemoryQueue get(String name) {
        requireOpen();
        MemoryQueue queue = queues.get(name);
        if (queue == null) {
            queue = queues.computeIfAbsent(name, this::open);
            closeAgainWhenClosedMeanwhile(queue);
        }
        return queue;
    }

    /** Returns the queue unless it was never touched, so that reading a name does not keep it. */
    Optional<MemoryQueue> find(String name) {
        requireOpen();
        return Optional.ofNullable(queues.get(name));
    }

    Set<String> namesUsed() {
        requireOpen();
        return queues.values().stream()
                .filter(MemoryQueue::isUsed)
                .map(MemoryQueue::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    void requireOpen() {
        if (closed) {
            throw new StoreUnavailableException(
                    "memory store: is closed, nothing was changed; open another one", Outcome.REFUSED, null);
        }
    }

    void close() {
        closed = true;
        queues.values().forEach(queue -> queue.wakeUp().close());
    }

    private MemoryQueue open(String name) {
        return new MemoryQueue(name, clock, subscribers);
    }

    private void closeAgainWhenClosedMeanwhile(MemoryQueue queue) {
        if (closed) {
            queue.wakeUp().close();
            requireOpen();
        }
    }
}
