package io.jobqueue.engine;

import io.jobqueue.JobQueueException;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.StoreUnavailableException.Outcome;
import io.jobqueue.store.EnqueueAnswer;
import io.jobqueue.store.PartlyStored;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Stores many jobs of one queue, in all of its partitions at the same time. Thread-safe. */
final class BulkWriter {

    private final QueueWriters writers;
    private final ParallelCalls calls = new ParallelCalls();

    BulkWriter(QueueWriters writers) {
        this.writers = writers;
    }

    /**
     * Stores jobs; returns when every partition has answered, or failed to.
     *
     * @param byPartition the indexes of the jobs to store, by what the store calls their partition
     * @param jobs where the indexes point to
     * @param answers is given the answer to each of these jobs at its index, also when other partitions fail
     * @throws StoreUnavailableException with {@code REFUSED} only when none of them was stored
     */
    void write(Map<String, List<Integer>> byPartition, List<PreparedJob> jobs, EnqueueAnswer[] answers) {
        List<Supplier<Integer>> writes = new ArrayList<>();
        byPartition.forEach((partition, indexes) -> writes.add(() -> write(partition, indexes, jobs, answers)));
        int stored = 0;
        Throwable failure = null;
        for (CompletableFuture<Integer> write : calls.make(writes)) {
            try {
                stored += write.join();
            } catch (CompletionException e) {
                failure = graver(failure, e.getCause());
            }
        }
        if (failure != null) {
            throw told(failure, stored);
        }
    }

    private int write(String partition, List<Integer> indexes, List<PreparedJob> jobs, EnqueueAnswer[] answers) {
        EnqueueBatches batches = new EnqueueBatches();
        indexes.forEach(index -> batches.add(jobs.get(index).job()));
        List<EnqueueAnswer> some = writers.of(partition).write(batches.jobs());
        for (int i = 0; i < some.size(); i++) {
            int index = indexes.get(i);
            answers[index] = jobs.get(index).understood(some.get(i));
        }
        return some.size();
    }

    /** Returns the failure that leaves more open; the first of two that leave equally much. */
    private static @Nullable Throwable graver(@Nullable Throwable one, @Nullable Throwable other) {
        return one == null || gravity(other) > gravity(one) ? other : one;
    }

    private static int gravity(@Nullable Throwable failure) {
        if (failure instanceof StoreUnavailableException unavailable) {
            return unavailable.outcome() == Outcome.REFUSED ? 0 : 2;
        }
        return failure instanceof JobQueueException ? 1 : 3;
    }

    /** Whatever it was in its own partition, it was not all when others have stored their jobs. */
    private static RuntimeException told(Throwable failure, int stored) {
        if (failure instanceof Error severe) {
            throw severe;
        }
        if (failure instanceof JobQueueException known) {
            return stored == 0 ? known : PartlyStored.explain(known, stored);
        }
        return failure instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failure);
    }

    /** Needs no more threads; calls that are under way end. */
    void close() {
        calls.close();
    }
}
