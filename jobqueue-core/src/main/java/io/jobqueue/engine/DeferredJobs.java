package io.jobqueue.engine;

import io.jobqueue.DeferredEnqueueException;
import io.jobqueue.JobId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The jobs of one engine that wait for one transaction, in order. Belongs to the thread of the transaction. */
public final class DeferredJobs {

    private final Consumer<List<PreparedJob>> storing;
    private final List<PreparedJob> jobs = new ArrayList<>();

    DeferredJobs(Consumer<List<PreparedJob>> storing) {
        this.storing = storing;
    }

    void add(List<PreparedJob> more) {
        jobs.addAll(more);
    }

    /** Returns how many jobs wait. */
    public int size() {
        return jobs.size();
    }

    /** Returns the ids of the jobs that wait, in the order of their enqueue. */
    public List<JobId> ids() {
        return jobs.stream().map(PreparedJob::id).toList();
    }

    /** Drops the newest jobs until {@code size} wait; for a rollback to a savepoint. Does nothing when fewer wait. */
    public void cutTo(int size) {
        if (size < jobs.size()) {
            jobs.subList(size, jobs.size()).clear();
        }
    }

    /**
     * Stores all jobs that wait, with as few calls of the store as possible; the transaction has committed. Repeating
     * stores nothing again.
     *
     * @throws DeferredEnqueueException when some are not stored for certain; they have been logged
     */
    public void store() {
        List<PreparedJob> committed = List.copyOf(jobs);
        jobs.clear();
        if (!committed.isEmpty()) {
            storing.accept(committed);
        }
    }
}
