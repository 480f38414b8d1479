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
     * @param failure of a batch that was not stored, or of which nobody knows whether it is
     * @param stored how many jobs of other batches are stored
     */
    public static StoreUnavailableException explain(RuntimeException failure, int stored) {
        String reason = String.valueOf(failure instanceof JobQueueException ? failure.getMessage() : failure);
        return new StoreUnavailableException(
                stored == 0 ? reason : stored + " of the jobs are stored, then " + reason, Outcome.UNKNOWN, failure);
    }
}
