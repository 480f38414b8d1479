package io.jobqueue.engine;

import io.jobqueue.store.Settlement;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs claimed jobs on the threads of an executor, each in a slot. Jobs for which no slot is free wait, and the thread
 * whose run ends takes the next of them without leaving its slot. Thread-safe.
 */
final class Crew {

    private static final Logger log = LoggerFactory.getLogger(Crew.class);

    private final Slots.Seat seat;
    private final Slots slots;
    private final Intake intake;
    private final JobRunner runner;
    private final Executor executor;
    private final Runnable slotFreed;
    private final Runnable runEnded;
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final Set<RunningJob> stuck = ConcurrentHashMap.newKeySet();
    private final Queue<RunningJob> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waitingJobs = new AtomicInteger();

    /**
     * @param slotFreed is called for a slot that comes free when nothing else tells of it
     * @param runEnded is called on the thread of a run that has ended, its slot free, when its outcome is the first to tell
     */
    Crew(Slots.Seat seat, Intake intake, JobRunner runner, Executor executor, Runnable slotFreed, Runnable runEnded) {
        this.seat = seat;
        slots = seat.slots();
        this.intake = intake;
        this.runner = runner;
        this.executor = executor;
        this.slotFreed = slotFreed;
        this.runEnded = runEnded;
    }

    /** Returns how many jobs wait for a slot. */
    int waiting() {
        return waitingJobs.get();
    }

    /**
     * Lets a job run, at once when a slot is held for it or free. Called by the loop that holds slots.
     *
     * @throws RejectedExecutionException when the executor does not take it; then, as after any other throwable, the claim
     *     is released and the slot is free
     */
    void start(RunningJob job) {
        if (seat.take()) {
            execute(job);
        } else {
            waitingJobs.incrementAndGet();
            waiting.add(job);
            runWaiting(); // a slot may have come free before the job was seen
        }
    }

    private void runWaiting() {
        while (!waiting.isEmpty() && slots.tryTake()) {
            RunningJob job = nextWaiting();
            if (job == null) {
                slots.giveBack();
            } else {
                execute(job);
            }
        }
    }

    private @Nullable RunningJob nextWaiting() {
        RunningJob job = waiting.poll();
        if (job != null) {
            waitingJobs.decrementAndGet();
        }
        return job;
    }

    private void execute(RunningJob job) {
        try {
            executor.execute(() -> work(job));
        } catch (Throwable e) { // rejected, or no memory left for a thread
            slots.giveBack();
            intake.ended(job.type());
            abandon(job);
            throw e;
        }
    }

    /** Hands back the jobs that wait for a slot, unless the first of them has waited less than {@code patience}. */
    boolean handBackWaiting(Duration patience) {
        RunningJob first = waiting.peek();
        if (first == null || !first.hasWaited(patience)) {
            return false;
        }
        for (RunningJob job = nextWaiting(); job != null; job = nextWaiting()) {
            intake.ended(job.type());
            abandon(job);
        }
        return true;
    }

    /** Decides how the claim ends of a job whose run has not ended, unless that was decided before. */
    void abandon(RunningJob job) {
        job.conclude(runner.abandon(job));
    }

    /**
     * Abandons a job whose handler does not react to its interrupt, and keeps its slot until it returns. A job that has not
     * begun will not either.
     */
    void giveUp(RunningJob job) {
        if (!job.hasBegun()) {
            abandon(job);
            return;
        }
        stuck.add(job);
        if (job.conclude(runner.abandon(job))) {
            tellOfStuck(job);
        } else {
            stuck.remove(job);
        }
    }

    private void tellOfStuck(RunningJob job) {
        JobMdc.during(
                job,
                () -> log.warn(
                        "Job {}: attempt {} is over ({}), but its handler {} ignores the interrupt; it keeps its slot"
                                + " and may run beside the next attempt until it returns",
                        job.id(),
                        job.attempt(),
                        job.halted(),
                        runner.originOf(job)));
    }

    /** Returns how many slots are taken by handlers whose jobs were given up. */
    int stuck() {
        return stuck.size();
    }

    /** Returns whether the calling thread runs a job, be its claim still held or not. */
    boolean isCalling() {
        return threads.contains(Thread.currentThread());
    }

    private void work(RunningJob first) {
        threads.add(Thread.currentThread());
        try {
            RunningJob job = first;
            while (job != null) {
                job = runAndTakeNext(job);
            }
        } finally {
            threads.remove(Thread.currentThread());
        }
        runWaiting(); // for jobs that came between the look for the next and the end of the slot
    }

    /** Returns the next job for the slot; null when there is none and the slot is free. */
    private @Nullable RunningJob runAndTakeNext(RunningJob job) {
        Settlement settlement = null;
        try {
            settlement = runner.run(job);
        } catch (Throwable e) { // such as no memory left; the slot must go on
            JobMdc.during(job, () -> log.error("Job {} could not be run to its end", job.id(), e));
        }
        RunningJob next = nextWaiting();
        intake.ended(job.type());
        if (next == null) {
            slots.giveBack(); // before the end is told, so that whoever hears of it finds the slot free
        }
        if (!job.conclude(settlement == null ? runner.abandon(job) : settlement, runEnded)) {
            stuck.remove(job);
            slotFreed.run();
        }
        return next;
    }
}
