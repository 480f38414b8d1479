package io.jobqueue.benchmarks;

import io.jobqueue.JobId;
import io.jobqueue.benchmarks.driver.Timings;
import io.jobqueue.engine.EngineListener;
import io.jobqueue.engine.JobStep;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Times runs from their start until the store has accepted how they end, and tells when enough jobs are completed. Every
 * eighth run or so is timed, so that watching costs little. Thread-safe.
 */
final class RunTimes implements EngineListener {

    /** What the durations are of. */
    static final String WHAT = "from the start of a run to its settlement";

    private static final int TIMED_OF_EIGHT = 7;

    private final Map<JobId, Long> starts = new ConcurrentHashMap<>();
    private final Queue<Long> nanos = new ConcurrentLinkedQueue<>();
    private final AtomicInteger completed = new AtomicInteger();
    private final CountDownLatch enough;

    /** Watches until so many jobs are completed. */
    RunTimes(int jobs) {
        enough = new CountDownLatch(jobs);
    }

    @Override
    public boolean followsJobs() {
        return true;
    }

    @Override
    public void happened(JobStep step) {
        switch (step.kind()) {
            case STARTED -> begin(step.id());
            case COMPLETED -> {
                end(step.id());
                completed.incrementAndGet();
                enough.countDown();
            }
            case RETRIED, RELEASED, CANCELLED, FAILED -> end(step.id());
            default -> {
                // no run begins or ends
            }
        }
    }

    private void begin(JobId id) {
        if (isTimed(id)) {
            starts.put(id, System.nanoTime());
        }
    }

    private void end(JobId id) {
        if (isTimed(id)) {
            Long start = starts.remove(id);
            if (start != null) {
                nanos.add(System.nanoTime() - start);
            }
        }
    }

    private static boolean isTimed(JobId id) {
        return (id.hashCode() & TIMED_OF_EIGHT) == 0;
    }

    /** Waits until the store has accepted the completion of enough jobs. */
    void awaitCompleted() throws InterruptedException {
        enough.await();
    }

    int completed() {
        return completed.get();
    }

    Timings timings() {
        return Timings.of(nanos);
    }
}
