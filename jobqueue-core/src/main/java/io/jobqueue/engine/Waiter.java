package io.jobqueue.engine;

import io.jobqueue.JobId;
import io.jobqueue.store.JobOutcome;
import java.util.concurrent.CompletableFuture;

/** One caller that waits for the end of a job. Thread-safe. */
final class Waiter {

    private final JobId id;
    private final CompletableFuture<JobOutcome> outcome = new CompletableFuture<>();
    private volatile boolean enqueued;
    private volatile long lookedAt;
    private volatile boolean missed;

    Waiter(JobId id, long now) {
        this.id = id;
        lookedAt = now;
    }

    JobId id() {
        return id;
    }

    CompletableFuture<JobOutcome> outcome() {
        return outcome;
    }

    /** Notes that the store has the job, so that reading it makes sense. */
    void markEnqueued() {
        enqueued = true;
    }

    boolean isEnqueued() {
        return enqueued;
    }

    long lookedAt() {
        return lookedAt;
    }

    void markLooked(long now) {
        lookedAt = now;
    }

    /** Notes that the store did not have the job; returns whether that was noted before. */
    boolean markMissed() {
        boolean before = missed;
        missed = true;
        return before;
    }
}
