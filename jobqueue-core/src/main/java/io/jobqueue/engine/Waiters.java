package io.jobqueue.engine;

import io.jobqueue.JobId;
import io.jobqueue.JobQueueException;
import io.jobqueue.store.JobOutcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** All callers that wait for jobs, by job. Thread-safe. */
final class Waiters {

    private final Map<JobId, List<Waiter>> byJob = new ConcurrentHashMap<>();

    void add(Waiter waiter) {
        byJob.merge(waiter.id(), List.of(waiter), (present, added) -> {
            List<Waiter> all = new ArrayList<>(present);
            all.addAll(added);
            return List.copyOf(all);
        });
    }

    /** Removes a waiter; false when it was not there, or others wait for its job. */
    boolean removeLast(Waiter waiter) {
        boolean[] last = {false};
        byJob.computeIfPresent(waiter.id(), (id, present) -> {
            List<Waiter> others =
                    present.stream().filter(other -> other != waiter).toList();
            last[0] = others.isEmpty();
            return others.isEmpty() ? null : others;
        });
        return last[0];
    }

    /** Ends the waiting of all who wait for a job. */
    void complete(JobId id, JobOutcome outcome) {
        remove(id).forEach(waiter -> waiter.outcome().complete(outcome));
    }

    /** Ends the waiting of all who wait for a job whose outcome cannot be read. */
    void fail(JobId id, JobQueueException reason) {
        remove(id).forEach(waiter -> waiter.outcome().completeExceptionally(reason));
    }

    private List<Waiter> remove(JobId id) {
        List<Waiter> removed = byJob.remove(id);
        return removed == null ? List.of() : removed;
    }

    /** Returns who waits for a job, empty when nobody does. */
    List<Waiter> of(JobId id) {
        return byJob.getOrDefault(id, List.of());
    }

    Collection<List<Waiter>> all() {
        return byJob.values();
    }

    boolean isEmpty() {
        return byJob.isEmpty();
    }
}
