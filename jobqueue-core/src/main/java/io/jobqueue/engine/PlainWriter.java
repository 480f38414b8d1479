package io.jobqueue.engine;

import io.jobqueue.store.EnqueueAnswer;
import io.jobqueue.store.JobTransitions;
import io.jobqueue.store.NewJob;
import java.util.List;

/** Stores jobs at the durability of the store: a call a batch. */
record PlainWriter(String queue, JobTransitions transitions) implements QueueWriter {

    @Override
    public int mostBatches() {
        return 1;
    }

    @Override
    public List<EnqueueAnswer> write(List<List<NewJob>> batches) {
        return batches.size() == 1
                ? transitions.enqueue(queue, batches.get(0))
                : transitions.enqueueAll(queue, batches);
    }
}
