package io.jobqueue.engine;

import io.jobqueue.JobQueueException;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.StoreUnavailableException.Outcome;
import io.jobqueue.store.EnqueueAnswer;
import io.jobqueue.store.PartlyStored;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Stores many jobs of one queue, in all of its partitions at the same time. Thread-safe. */
final class BulkWriter {

    /** The most gravity of a failure after which it is known that nothing was stored. */
    private static final int DEFINITE = 1;

    private final QueueWriters writers;
    private final ParallelCalls calls = new ParallelCalls(System::nanoTime);

    BulkWriter(QueueWriters writers) {
        this.writers = writers;
    }

    /**
     * Stores jobs; returns when every partition has answered, or failed to.
     *
     * @param byPartition the indexes of the jobs to store, by what the store calls their partition
     * @param jobs where the indexes point to
     * @param answers is given the answer to each of these jobs at its index, also when other partitions fail
     * @throws StoreUnavailableException with {@code REFUSED} only when none of them was stored, with {@code UNKNOWN} when
     *     some may be, whatever it was that failed
     * @throws JobQueueException when none of them was stored and it is not for want of a store
     */
    void write(Map<String, List<Integer>> byPartition, List<PreparedJob> jobs, EnqueueAnswer[] answers) {
        List<Supplier<Integer>> writes = new ArrayList<>();
        byPartition.forEach((partition, indexes) -> writes.add(() -> write(partition, indexes, jobs, answers)));
        int stored = 0;
        List<Throwable> failures = new ArrayList<>();
        for (CompletableFuture<Integer> write : calls.make(writes)) {
            stored += stored(write, failures);
        }
        if (!failures.isEmpty()) {
            throw told(failures, stored);
        }
    }

    /** Returns how many jobs a call has stored for sure; why it has not stored all goes to the failures. */
    private static int stored(CompletableFuture<Integer> write, List<Throwable> failures) {
        try {
            return write.join();
        } catch (CancellationException e) {
            return 0; // not made since another has waited in vain
        } catch (CompletionException e) {
            failures.add(e.getCause());
            return 0;
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

    /** Whatever a failure was in its own partition, it was not all when others have stored their jobs, or may have. */
    private static RuntimeException told(List<Throwable> failures, int stored) {
        Throwable gravest = Collections.max(failures, Comparator.comparingInt(BulkWriter::gravity));
        if (gravest instanceof Error severe) {
            throw severe;
        }
        RuntimeException told = told(gravest, stored, failures.size() > 1);
        failures.stream().filter(other -> other != gravest).forEach(told::addSuppressed);
        return told;
    }

    private static RuntimeException told(Throwable failure, int stored, boolean amongOthers) {
        boolean isOutage = failure instanceof StoreUnavailableException; // which says itself what it leaves open
        boolean leavesMoreOpen = stored > 0 || (gravity(failure) > DEFINITE && (amongOthers || !isOutage));
        if (leavesMoreOpen && failure instanceof RuntimeException unchecked) {
            return PartlyStored.explain(unchecked, stored);
        }
        if (failure instanceof StoreUnavailableException unavailable) { // with the stack of the caller
            return new StoreUnavailableException(
                    String.valueOf(unavailable.getMessage()), unavailable.outcome(), unavailable);
        }
        return failure instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failure);
    }

    /** Returns how much a failure leaves open. */
    private static int gravity(Throwable failure) {
        if (failure instanceof StoreUnavailableException unavailable) {
            return unavailable.outcome() == Outcome.REFUSED ? 0 : DEFINITE + 1;
        }
        if (failure instanceof JobQueueException) {
            return DEFINITE;
        }
        return failure instanceof Error ? DEFINITE + 3 : DEFINITE + 2;
    }

    /** Needs no more threads; calls that are under way end. */
    void close() {
        calls.close();
    }
}
