package io.jobqueue.store.memory;

import io.jobqueue.store.DurableEnqueue;
import io.jobqueue.store.JobEvents;
import io.jobqueue.store.JobLedger;
import io.jobqueue.store.JobNotes;
import io.jobqueue.store.JobOperations;
import io.jobqueue.store.JobSignals;
import io.jobqueue.store.JobStore;
import io.jobqueue.store.JobTransitions;
import io.jobqueue.store.LeaderLock;
import io.jobqueue.store.StoreInfo;
import io.jobqueue.store.WorkerDirectory;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Keeps jobs in the memory of this process: for development, tests and work that may be lost. Every other
 * store behaves like this one.
 *
 * <p>Thread-safe; all components that share jobs share one instance. Payloads and results are kept as they
 * are handed in, without a copy. After {@link #close()} every call of a role throws
 * {@link io.jobqueue.StoreUnavailableException}.
 */
public final class MemoryStore implements JobStore {

    private final Subscribers subscribers = new Subscribers();
    private final MemoryQueues queues;
    private final MemoryTransitions transitions;
    private final MemoryNotes notes;
    private final MemoryDirectory workers;
    private final MemoryLedger ledger;
    private final MemoryOperations operations;
    private final MemoryEvents events;
    private final MemoryLeaderLock leaderLock;
    private final MemorySignals signals;

    /** Opens an empty store on the system's clock. */
    public MemoryStore() {
        this(InstantSource.system());
    }

    /**
     * Opens an empty store.
     *
     * @param clock decides due times, leases and retention; read in milliseconds
     */
    public MemoryStore(InstantSource clock) {
        queues = new MemoryQueues(clock, subscribers);
        transitions = new MemoryTransitions(queues);
        notes = new MemoryNotes(queues);
        workers = new MemoryDirectory(queues);
        ledger = new MemoryLedger(queues);
        operations = new MemoryOperations(queues);
        events = new MemoryEvents(queues);
        leaderLock = new MemoryLeaderLock(queues);
        signals = new MemorySignals(queues, subscribers);
    }

    @Override
    public JobTransitions transitions() {
        return transitions;
    }

    /** Returns nothing: there is no second place that could have a job. */
    @Override
    public Optional<DurableEnqueue> durableEnqueue() {
        return Optional.empty();
    }

    @Override
    public JobNotes notes() {
        return notes;
    }

    @Override
    public WorkerDirectory workers() {
        return workers;
    }

    @Override
    public JobLedger ledger() {
        return ledger;
    }

    @Override
    public JobOperations operations() {
        return operations;
    }

    @Override
    public JobEvents events() {
        return events;
    }

    @Override
    public LeaderLock leaderLock() {
        return leaderLock;
    }

    @Override
    public JobSignals signals() {
        return signals;
    }

    @Override
    public StoreInfo info() {
        queues.requireOpen();
        return new StoreInfo("memory", null, "this process", "1", "nothing survives the end of the process");
    }

    @Override
    public void close() {
        queues.close();
        subscribers.close();
    }
}
