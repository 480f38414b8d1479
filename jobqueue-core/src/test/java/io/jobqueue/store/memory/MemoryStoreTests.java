package io.jobqueue.store.memory;

import io.jobqueue.store.JobStore;
import io.jobqueue.store.contract.HeldClock;
import io.jobqueue.store.contract.JobStoreContract;

class MemoryStoreTests extends JobStoreContract {

    @Override
    protected JobStore open(HeldClock clock) {
        return new MemoryStore(clock);
    }
}
