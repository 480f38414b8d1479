package io.jobqueue.engine;

import io.jobqueue.store.Settlement;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Runs claimed jobs on the threads of an executor, each in a slot. Thread-safe. */
final class Crew {

    private final Slots slots;
    private final JobRunner runner;
    private final Executor executor;
    private final Runnable slotFreed;

    /** Calls {@code slotFreed} for a slot that comes free when nothing else tells of it. */
    Crew(int slots, JobRunner runner, Executor executor, Runnable slotFreed) {
        this.slots = new Slots(slots);
        this.runner = runner;
        this.executor = executor;
        this.slotFreed = slotFreed;
    }

    Slots slots() {
        return slots;
    }

    JobRunner runner() {
        return runner;
    }

    /**
     * Takes a slot and lets the job run.
     *
     * @throws RejectedExecutionException when the executor does not take it; then the claim is released and
     *     the slot is free
     */
    void start(RunningJob job) {
        slots.take();
        try {
            executor.execute(() -> run(job));
        } catch (RejectedExecutionException e) {
            slots.giveBack();
            release(job);
            throw e;
        }
    }

    /** Decides that the claim is given back without a charge, unless its end was decided before. */
    void release(RunningJob job) {
        job.conclude(runner.release(job));
    }

    private void run(RunningJob job) {
        Settlement settlement = null;
        try {
            settlement = runner.run(job);
        } finally {
            slots.giveBack();
            if (!job.conclude(settlement == null ? runner.release(job) : settlement)) {
                slotFreed.run();
            }
        }
    }
}
