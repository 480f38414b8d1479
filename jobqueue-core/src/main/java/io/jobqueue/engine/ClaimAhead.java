package io.jobqueue.engine;

import io.jobqueue.store.ExchangeRequest;
import java.time.Duration;
import java.util.List;

/**
 * How many jobs a worker claims beyond its free slots, so that very short runs need not wait for the next call of the
 * store: as many as all slots end during one call, going by the latest runs and calls. A run as long as a call earns
 * its slot one job, a run of a second none. Confined to the worker's loop.
 */
final class ClaimAhead {

    /** A claimed job that has not begun after this long is handed back: the runs before it turned out long. */
    static final Duration PATIENCE = Duration.ofMillis(100);

    private static final double WEIGHT_OF_NEWEST = 0.25;

    /** So many jobs may be on their way while as many run and as many wait to be told. */
    private static final int MOST = 3 * ExchangeRequest.MOST;

    /** A call that takes less is over before another thread is awake. */
    private static final double LONG_CALL_NANOS = 150_000;

    private double callNanos;
    private double runNanos;
    private boolean known;

    /** Notes how long a call took, and the runs that ended before it. */
    void answered(long tookNanos, List<Ending> ended) {
        callNanos = callNanos == 0 ? tookNanos : newer(callNanos, (double) tookNanos);
        if (ended.isEmpty()) {
            return;
        }
        long sum = 0;
        for (Ending ending : ended) {
            sum += ending.ran().toNanos();
        }
        double mean = Math.max(1, (double) sum / ended.size());
        runNanos = known ? newer(runNanos, mean) : mean;
        known = true;
    }

    /** Notes that jobs had to be handed back: nothing is claimed ahead until a run has ended again. */
    void wentTooFar() {
        known = false;
    }

    /** Returns how many jobs so many slots end during one call. */
    int jobs(int slots) {
        return known
                ? (int) Math.min(isStoreTheSlower(slots) ? MOST : ExchangeRequest.MOST, endedDuringCall(slots))
                : 0;
    }

    /** Returns whether so many slots end more jobs during a call than it can tell of, so that two calls at once pay. */
    boolean isStoreTheSlower(int slots) {
        return known && callNanos >= LONG_CALL_NANOS && endedDuringCall(slots) >= 2 * ExchangeRequest.MOST;
    }

    private double endedDuringCall(int slots) {
        return slots * callNanos / runNanos;
    }

    private static double newer(double mean, double newest) {
        return mean + WEIGHT_OF_NEWEST * (newest - mean);
    }
}
