package io.jobqueue.engine;

import io.jobqueue.store.Settlement;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs claimed jobs on the threads of an executor, each in a slot. Thread-safe. */
final class Crew {

    private static final Logger log = LoggerFactory.getLogger(Crew.class);

    private final Slots slots;
    private final JobRunner runner;
    private final Executor executor;
    private final Runnable slotFreed;
    private final Set<RunningJob> stuck = ConcurrentHashMap.newKeySet();

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
            abandon(job);
            throw e;
        }
    }

    /** Decides how the claim ends of a job whose run has not ended, unless that was decided before. */
    void abandon(RunningJob job) {
        job.conclude(runner.abandon(job));
    }

    /** Abandons a job whose handler does not react to its interrupt. It keeps its slot until it returns. */
    void giveUp(RunningJob job) {
        stuck.add(job);
        if (job.conclude(runner.abandon(job))) {
            log.warn(
                    "Job {}: attempt {} is over ({}), but its handler {} ignores the interrupt; it keeps its slot and may"
                            + " run beside the next attempt until it returns",
                    job.id(),
                    job.attempt(),
                    job.halted(),
                    runner.originOf(job));
        } else {
            stuck.remove(job);
        }
    }

    /** Returns how many slots are taken by handlers whose jobs were given up. */
    int stuck() {
        return stuck.size();
    }

    private void run(RunningJob job) {
        Settlement settlement = null;
        try {
            settlement = runner.run(job);
        } finally {
            slots.giveBack();
            if (!job.conclude(settlement == null ? runner.abandon(job) : settlement)) {
                stuck.remove(job);
                slotFreed.run();
            }
        }
    }
}
