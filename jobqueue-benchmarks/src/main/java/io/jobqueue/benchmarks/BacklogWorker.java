package io.jobqueue.benchmarks;

import io.jobqueue.engine.JobEngine;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A worker that stops in the middle of a backlog. */
final class BacklogWorker {

    private final Workload workload;

    BacklogWorker(Workload workload) {
        this.workload = workload;
    }

    /** Handles at least {@code jobs} jobs and returns how many it came to before it stopped. */
    int handle(int jobs) throws InterruptedException {
        AtomicInteger handled = new AtomicInteger();
        CountDownLatch enough = new CountDownLatch(jobs);
        JobEngine worker = workload.worker(List.of(
                workload.definition(Workload.TYPE, (payload, context) -> {
                    handled.incrementAndGet();
                    enough.countDown();
                    return null;
                }),
                workload.definition(Backlog.HELD, (payload, context) -> {
                    throw new IllegalStateException("a paused job has started");
                })));
        try (worker) {
            worker.start();
            enough.await();
        }
        return handled.get();
    }
}
