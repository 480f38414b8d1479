package io.jobqueue.spring.test;

import io.jobqueue.Durability;
import io.jobqueue.store.DurableEnqueue;
import io.jobqueue.store.EnqueueAnswer;
import io.jobqueue.store.JobEvents;
import io.jobqueue.store.JobLedger;
import io.jobqueue.store.JobNotes;
import io.jobqueue.store.JobOperations;
import io.jobqueue.store.JobSignals;
import io.jobqueue.store.JobStore;
import io.jobqueue.store.JobTransitions;
import io.jobqueue.store.LeaderLock;
import io.jobqueue.store.NewJob;
import io.jobqueue.store.StoreInfo;
import io.jobqueue.store.WorkerDirectory;
import io.jobqueue.store.memory.MemoryStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A memory store that confirms every durability at once, so that an application with durable queues can be tested. */
record ConfirmingMemoryStore(MemoryStore memory) implements JobStore, DurableEnqueue {

    @Override
    public Optional<DurableEnqueue> durableEnqueue() {
        return Optional.of(this);
    }

    @Override
    public void require(Durability durability) {}

    @Override
    public List<EnqueueAnswer> enqueue(
            String queue, List<List<NewJob>> batches, Durability durability, Duration atMost) {
        return transitions().enqueueAll(queue, batches);
    }

    @Override
    public JobTransitions transitions() {
        return memory.transitions();
    }

    @Override
    public JobNotes notes() {
        return memory.notes();
    }

    @Override
    public WorkerDirectory workers() {
        return memory.workers();
    }

    @Override
    public JobLedger ledger() {
        return memory.ledger();
    }

    @Override
    public JobOperations operations() {
        return memory.operations();
    }

    @Override
    public JobEvents events() {
        return memory.events();
    }

    @Override
    public LeaderLock leaderLock() {
        return memory.leaderLock();
    }

    @Override
    public JobSignals signals() {
        return memory.signals();
    }

    @Override
    public StoreInfo info() {
        return memory.info();
    }

    @Override
    public void close() {
        memory.close();
    }
}
