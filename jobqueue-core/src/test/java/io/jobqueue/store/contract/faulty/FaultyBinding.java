package io.jobqueue.store.contract.faulty;

import io.jobqueue.store.JobEvents;
import io.jobqueue.store.JobLedger;
import io.jobqueue.store.JobNotes;
import io.jobqueue.store.JobOperations;
import io.jobqueue.store.JobSignals;
import io.jobqueue.store.JobStore;
import io.jobqueue.store.JobTransitions;
import io.jobqueue.store.WorkerDirectory;
import io.jobqueue.store.contract.HeldClock;
import io.jobqueue.store.contract.JobStoreContract;
import io.jobqueue.store.memory.MemoryStore;

/** Binds the kit to a memory store with one role made wrong; right as long as no method is overridden. */
class FaultyBinding extends JobStoreContract {

    JobTransitions transitions(JobStore right) {
        return right.transitions();
    }

    JobNotes notes(JobStore right) {
        return right.notes();
    }

    WorkerDirectory workers(JobStore right) {
        return right.workers();
    }

    JobLedger ledger(JobStore right) {
        return right.ledger();
    }

    JobOperations operations(JobStore right) {
        return right.operations();
    }

    JobSignals signals(JobStore right) {
        return right.signals();
    }

    JobEvents events(JobStore right) {
        return right.events();
    }

    @Override
    protected final JobStore open(HeldClock clock) {
        MemoryStore right = new MemoryStore(clock);
        return new FaultyStore(
                right,
                transitions(right),
                notes(right),
                workers(right),
                ledger(right),
                operations(right),
                signals(right),
                events(right),
                right.durableEnqueue());
    }
}
