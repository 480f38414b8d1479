package io.jobqueue.store.memory;

import io.jobqueue.store.LeaderLock;
import io.jobqueue.store.Term;
import java.time.Duration;
import java.util.Optional;

/** Elects the leader of each queue among the threads of one process. */
final class MemoryLeaderLock implements LeaderLock {

    private final MemoryQueues queues;

    MemoryLeaderLock(MemoryQueues queues) {
        this.queues = queues;
    }

    @Override
    public Optional<Term> acquire(String queue, String candidate, Duration ttl) {
        MemoryQueue led = queues.get(queue);
        return led.locked(now -> led.lead().acquire(candidate, now, ttl));
    }

    @Override
    public void release(Term term) {
        queues.find(term.queue()).ifPresent(led -> led.locked(now -> led.lead().release(term)));
    }
}
