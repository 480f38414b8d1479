package io.jobqueue.store.contract.faulty;

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
import java.util.Optional;

/** A right store with some of its roles replaced. */
record FaultyStore(
        JobStore right,
        JobTransitions transitions,
        JobNotes notes,
        WorkerDirectory workers,
        JobLedger ledger,
        JobOperations operations,
        JobSignals signals,
        JobEvents events,
        Optional<DurableEnqueue> durableEnqueue)
        implements JobStore {

    /** One with all roles of the right store. */
    static FaultyStore of(JobStore right, Optional<DurableEnqueue> durableEnqueue) {
        return new FaultyStore(
                right,
                right.transitions(),
                right.notes(),
                right.workers(),
                right.ledger(),
                right.operations(),
                right.signals(),
                right.events(),
                durableEnqueue);
    }

    @Override
    public LeaderLock leaderLock() {
        return right.leaderLock();
    }

    @Override
    public StoreInfo info() {
        return right.info();
    }

    @Override
    public void close() {
        right.close();
    }
}
