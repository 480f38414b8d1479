package io.jobqueue.engine;

import io.jobqueue.store.NewJob;
import java.util.ArrayList;
import java.util.List;

/** Jobs in their order, cut into as many calls of the store as they need. */
final class EnqueueBatches {

    private final List<EnqueueBatch> batches = new ArrayList<>();

    void add(NewJob job) {
        if (areFull(batches.size())) {
            batches.add(new EnqueueBatch());
        }
        batches.get(batches.size() - 1).add(job);
    }

    /** Returns whether another job needs more than {@code most} calls. */
    boolean areFull(int most) {
        return batches.size() >= most
                && (batches.isEmpty() || batches.get(batches.size() - 1).isFull());
    }

    /** Returns the jobs of every call. */
    List<List<NewJob>> jobs() {
        return batches.stream().map(EnqueueBatch::jobs).toList();
    }
}
