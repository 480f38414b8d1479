package io.jobqueue.engine;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Tells runs to stop whose timeout has passed, and gives up those that do not end a grace after they were told, be it
 * by the timeout or by a cancel.
 *
 * <p>It looks through all running jobs when the earliest end it knows has come. There are never more of them
 * than slots, and a job that ends in time costs nothing here.
 */
final class Timeouts implements Periodic {

    private static final Duration SHORTEST_WAIT = Duration.ofMillis(10);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private final List<Worker> workers;
    private final Duration grace;
    private final LongSupplier nanos;
    private final Runnable wake;
    private volatile long nextLook;

    /**
     * @param workers all workers of the engine; the list may still grow until the first step
     * @param grace how long a run may take to end after it was told to stop
     * @param wake wakes the loop that takes the steps
     */
    Timeouts(List<Worker> workers, Duration grace, LongSupplier nanos, Runnable wake) {
        this.workers = workers;
        this.grace = grace;
        this.nanos = nanos;
        this.wake = wake;
        nextLook = nanos.getAsLong();
    }

    /** Notes that a run with this timeout has begun just now. */
    void begun(Duration timeout) {
        if (nanos.getAsLong() + timeout.toNanos() - nextLook < 0) {
            wake.run();
        }
    }

    @Override
    public Duration poll() {
        long now = nanos.getAsLong();
        nextLook = now + LONGEST_WAIT.toNanos(); // before looking, so that a run that begins meanwhile wakes us
        long earliest = LONGEST_WAIT.toNanos();
        for (Worker worker : workers) {
            for (RunningJob job : worker.lease().current().jobs()) {
                earliest = Math.min(earliest, look(worker, job, now));
            }
        }
        Duration wait = Duration.ofNanos(Math.max(SHORTEST_WAIT.toNanos(), earliest));
        nextLook = now + wait.toNanos();
        return wait;
    }

    /** Returns the nanoseconds from {@code now} to when the job is to be looked at again. */
    private long look(Worker worker, RunningJob job, long now) {
        if (job.halted() == null) {
            long untilTimeout = job.untilTimeout(now);
            if (untilTimeout > 0) {
                return untilTimeout;
            }
            job.halt(Halt.TIMEOUT);
        }
        long untilGivenUp = job.untilGivenUp(grace, now);
        if (untilGivenUp > 0) {
            return untilGivenUp;
        }
        worker.runs().giveUp(job);
        return RunningJob.NEVER;
    }
}
