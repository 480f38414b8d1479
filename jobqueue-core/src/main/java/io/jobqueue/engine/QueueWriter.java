package io.jobqueue.engine;

import io.jobqueue.store.EnqueueAnswer;
import io.jobqueue.store.NewJob;
import java.util.List;

/** Stores jobs of one queue, as durably as the queue asks for. Thread-safe. */
interface QueueWriter {

    /** Returns how many batches one call of {@link #write} should carry when jobs keep coming. */
    int mostBatches();

    /**
     * Stores jobs.
     *
     * @return one answer a job, in the order of all batches
     * @throws io.jobqueue.StoreUnavailableException with {@code REFUSED} only when none of them was stored
     */
    List<EnqueueAnswer> write(List<List<NewJob>> batches);
}
