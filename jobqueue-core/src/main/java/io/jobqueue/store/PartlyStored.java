package io.jobqueue.store;

import io.jobqueue.JobQueueException;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.StoreUnavailableException.Outcome;

/** What is said when a store fails in the middle of many batches. */
public final class PartlyStored {

    private PartlyStored() {}

    /**
     * Returns the failure of all batches.
     *
     * @param failure of a batch that was not stored
     * @param stored how many jobs of other batches are stored, at least one
     */
    public static StoreUnavailableException explain(JobQueueException failure, int stored) {
        return new StoreUnavailableException(
                stored + " of the jobs are stored, then " + failure.getMessage(), Outcome.UNKNOWN, failure);
    }
}
