package io.jobqueue.engine;

import io.jobqueue.Durability;
import io.jobqueue.store.DurableEnqueue;
import io.jobqueue.store.EnqueueAnswer;
import io.jobqueue.store.NewJob;
import java.time.Duration;
import java.util.List;

/** Stores jobs and waits, once for all that one call carries, until they are as durable as the queue asks for. */
record DurableWriter(String queue, DurableEnqueue store, Durability durability, Duration timeout)
        implements QueueWriter {

    /** Waiting takes far longer than writing, so all that gathered meanwhile goes together; bounded for its answer. */
    private static final int MOST_BATCHES = 10;

    @Override
    public int mostBatches() {
        return MOST_BATCHES;
    }

    @Override
    public List<EnqueueAnswer> write(List<List<NewJob>> batches) {
        return store.enqueue(queue, batches, durability, timeout);
    }
}
