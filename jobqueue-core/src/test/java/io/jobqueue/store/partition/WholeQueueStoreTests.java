package io.jobqueue.store.partition;

import io.jobqueue.store.JobStore;
import io.jobqueue.store.contract.HeldClock;
import io.jobqueue.store.contract.JobStoreContract;
import io.jobqueue.store.memory.MemoryStore;

/** With queues in one partition, a partitioned store is a store like any other. */
class WholeQueueStoreTests extends JobStoreContract {

    @Override
    protected JobStore open(HeldClock clock) {
        return new PartitionedStore(new MemoryStore(clock), queue -> 1, System::nanoTime);
    }
}
