package io.jobqueue.engine;

import io.jobqueue.StoreUnavailableException;
import io.jobqueue.StoreUnavailableException.Outcome;
import io.jobqueue.store.EnqueueAnswer;
import io.jobqueue.store.JobTransitions;
import io.jobqueue.store.NewJob;
import java.util.ArrayList;
import java.util.List;

/** Stores jobs at the durability of the store: a call a batch. */
record PlainWriter(String queue, JobTransitions transitions) implements QueueWriter {

    @Override
    public int mostBatches() {
        return 1;
    }

    @Override
    public List<EnqueueAnswer> write(List<List<NewJob>> batches) {
        if (batches.size() == 1) {
            return transitions.enqueue(queue, batches.get(0));
        }
        List<EnqueueAnswer> answers = new ArrayList<>();
        for (List<NewJob> batch : batches) {
            try {
                answers.addAll(transitions.enqueue(queue, batch));
            } catch (StoreUnavailableException e) {
                throw answers.isEmpty() ? e : partlyStored(e, answers.size());
            }
        }
        return answers;
    }

    private static StoreUnavailableException partlyStored(StoreUnavailableException e, int stored) {
        return new StoreUnavailableException(
                "the first " + stored + " are stored, then " + e.getMessage(), Outcome.UNKNOWN, e);
    }
}
