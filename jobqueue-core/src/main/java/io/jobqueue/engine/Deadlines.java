package io.jobqueue.engine;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Stops runs whose timeout has passed and gives up leases that have run out. Never calls the store, so a
 * store that hangs cannot make it late.
 *
 * <p>It looks through all running jobs when the earliest deadline it knows has passed. There are never more
 * of them than slots, and a job that ends in time costs nothing here.
 */
final class Deadlines implements Periodic {

    private static final Duration SHORTEST_WAIT = Duration.ofMillis(10);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final List<Worker> workers;
    private final LongSupplier nanos;
    private final Runnable wake;
    private volatile long nextLook;

    /**
     * @param workers all workers of the engine; the list may still grow until the first step
     * @param wake wakes the loop that takes the steps
     */
    Deadlines(List<Worker> workers, LongSupplier nanos, Runnable wake) {
        this.workers = workers;
        this.nanos = nanos;
        this.wake = wake;
        nextLook = nanos.getAsLong();
    }

    /** Notes that a run with this timeout has begun just now. */
    void timeoutBegun(Duration timeout) {
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
            earliest = Math.min(earliest, look(worker, now));
        }
        Duration wait = Duration.ofNanos(Math.max(SHORTEST_WAIT.toNanos(), earliest));
        nextLook = now + wait.toNanos();
        return wait;
    }

    /** Returns the nanoseconds from {@code now} to the worker's earliest deadline. */
    private long look(Worker worker, long now) {
        Lease lease = worker.lease().current();
        long earliest = lease.session().lease().dividedBy(2).toNanos(); // soon enough for claims yet to come
        if (lease.isLost() || !lease.holdsClaims()) {
            return earliest;
        }
        if (worker.lease().hasEnded(lease)) {
            worker.lease().lose(lease);
            return earliest;
        }
        earliest = Math.min(earliest, lease.untilEnd(now));
        for (RunningJob job : lease.jobs()) {
            long untilTimeout = job.untilTimeout(now);
            if (untilTimeout <= 0) {
                worker.runner().timeOut(job);
            } else {
                earliest = Math.min(earliest, untilTimeout);
            }
        }
        return earliest;
    }
}
