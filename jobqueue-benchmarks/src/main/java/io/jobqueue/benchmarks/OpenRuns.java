package io.jobqueue.benchmarks;

import io.jobqueue.engine.EngineListener;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Counts the runs that have started and are not settled, so that nobody has to ask the store. Thread-safe. */
final class OpenRuns implements EngineListener {

    private static final Duration LOOK = Duration.ofNanos(50_000);

    private final AtomicInteger open = new AtomicInteger();

    @Override
    public void started(String queue, String type, Duration waited) {
        open.incrementAndGet();
    }

    @Override
    public void settled(String queue, String type, Outcome outcome, Duration ran) {
        open.decrementAndGet();
    }

    @Override
    public void leaseLost(String queue, int claims) {
        open.addAndGet(-claims);
    }

    /** Returns when every run that has started is settled. */
    void awaitNone() {
        while (open.get() > 0) {
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }
}
