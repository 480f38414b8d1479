package io.jobqueue.engine;

import io.jobqueue.Durability;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.StoreUnavailableException.Outcome;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A memory store that says to confirm what it is asked, or that it has not; notes every call that it confirmed or not. */
final class ConfirmingStore implements JobStore, DurableEnqueue {

    private final MemoryStore store = new MemoryStore();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private volatile boolean confirms = true;
    private volatile Runnable whileWaiting = () -> {};

    /** From now on nothing that is written is confirmed. */
    void lag() {
        confirms = false;
    }

    void catchUp() {
        confirms = true;
    }

    /** Lets {@code action} happen between the write of every call and its confirmation. */
    void whileWaiting(Runnable action) {
        whileWaiting = action;
    }

    /** Returns what was called: how many batches of how many jobs, what was asked, how long it would wait. */
    List<String> calls() {
        return calls;
    }

    @Override
    public void require(Durability durability) {
        calls.add("require " + durability);
    }

    @Override
    public List<EnqueueAnswer> enqueue(
            String queue, List<List<NewJob>> batches, Durability durability, Duration atMost) {
        calls.add(batches.stream().map(List::size).toList() + " " + durability + " " + atMost);
        List<EnqueueAnswer> answers = new ArrayList<>();
        batches.forEach(batch -> answers.addAll(store.transitions().enqueue(queue, batch)));
        whileWaiting.run();
        if (!confirms) {
            throw new StoreUnavailableException("written, but not confirmed", Outcome.UNKNOWN, null);
        }
        return answers;
    }

    @Override
    public JobTransitions transitions() {
        return store.transitions();
    }

    @Override
    public Optional<DurableEnqueue> durableEnqueue() {
        return Optional.of(this);
    }

    @Override
    public JobNotes notes() {
        return store.notes();
    }

    @Override
    public WorkerDirectory workers() {
        return store.workers();
    }

    @Override
    public JobLedger ledger() {
        return store.ledger();
    }

    @Override
    public JobOperations operations() {
        return store.operations();
    }

    @Override
    public JobEvents events() {
        return store.events();
    }

    @Override
    public LeaderLock leaderLock() {
        return store.leaderLock();
    }

    @Override
    public JobSignals signals() {
        return store.signals();
    }

    @Override
    public StoreInfo info() {
        return store.info();
    }

    @Override
    public void close() {
        store.close();
    }
}
