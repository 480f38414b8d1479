package io.jobqueue.store.memory;

import io.jobqueue.QueueCounts;
import io.jobqueue.store.JobLedger;
import io.jobqueue.store.StoredJob;
import java.util.Optional;
import java.util.Set;

/** Reads the jobs in memory. */
final class MemoryLedger implements JobLedger {

    private final MemoryQueues queues;

    MemoryLedger(MemoryQueues queues) {
        this.queues = queues;
    }

    @Override
    public Optional<StoredJob> find(String queue, String jobId) {
        return queues.find(queue).flatMap(found -> found.find(jobId));
    }

    @Override
    public QueueCounts counts(String queue) {
        return queues.find(queue).map(MemoryQueue::counts).orElseGet(() -> new QueueCounts(queue, 0, 0, 0, 0, 0, 0));
    }

    @Override
    public Set<String> queues() {
        return queues.namesUsed();
    }
}
