package io.jobqueue.benchmarks;

import io.jobqueue.engine.JobEngine;

/** A worker that stops in the middle of a backlog. */
final class BacklogWorker {

    private final Workload workload;

    BacklogWorker(Workload workload) {
        this.workload = workload;
    }

    /** Completes at least {@code jobs} jobs, stops, and returns how many it came to and how long they took. */
    RunTimes handle(int jobs) throws InterruptedException {
        RunTimes runs = new RunTimes(jobs);
        JobEngine worker = workload.worker(
                runs,
                workload.definition(Workload.TYPE, (payload, context) -> null),
                workload.definition(Backlog.HELD, (payload, context) -> {
                    throw new IllegalStateException("a paused job has started");
                }));
        try (worker) {
            worker.start();
            runs.awaitCompleted();
        }
        return runs;
    }
}
