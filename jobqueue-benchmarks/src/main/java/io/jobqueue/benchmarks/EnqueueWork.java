package io.jobqueue.benchmarks;

import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.benchmarks.driver.Callers;
import io.jobqueue.benchmarks.driver.Timings;
import io.jobqueue.engine.JobEngine;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Enqueues jobs that nobody works off: one by one from many threads, or in bulk. */
final class EnqueueWork implements Work {

    private final Bench bench;
    private final Workload workload;

    EnqueueWork(Bench bench) {
        this.bench = bench;
        this.workload = new Workload(bench);
    }

    @Override
    public Map<String, Double> run() throws InterruptedException {
        int batch = bench.options().batch();
        int calls = bench.options().jobs() / batch;
        Timings timings = new Timings(calls);
        try (JobEngine producer = workload.producer()) {
            Meter meter = Meter.start(bench.cost());
            int returned = Callers.share(bench.options().inFlight(), calls, number -> {
                long called = System.nanoTime();
                enqueue(producer.jobQueue(), batch);
                timings.set(number, System.nanoTime() - called);
            });
            return new JobCost()
                    .add(meter.stop(), (double) returned * batch)
                    .time(Workload.ENQUEUE_CALL, timings)
                    .figures();
        }
    }

    private void enqueue(JobQueue queue, int batch) {
        if (batch == 1) {
            queue.enqueue(workload.request());
        } else {
            List<JobRequest> requests =
                    IntStream.range(0, batch).mapToObj(i -> workload.request()).toList();
            queue.enqueueAll(requests);
        }
    }
}
