package io.jobqueue.benchmarks;

import io.jobqueue.benchmarks.driver.Callers;
import io.jobqueue.benchmarks.driver.Timings;
import io.jobqueue.engine.JobEngine;
import java.time.Duration;
import java.util.Map;

/** Enqueues and waits for the result. */
final class RoundTripWork implements Work {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int WARM_UP = 2000;

    private final Bench bench;
    private final Workload workload;

    RoundTripWork(Bench bench) {
        this.bench = bench;
        this.workload = new Workload(bench);
    }

    @Override
    public Map<String, Double> run() throws InterruptedException {
        int jobs = bench.options().jobs();
        int inFlight = bench.options().inFlight();
        try (JobEngine engine = workload.worker((payload, context) -> payload)) {
            engine.start();
            Callers.share(inFlight, WARM_UP, number -> call(engine));
            Timings timings = new Timings(jobs);
            Meter meter = Meter.start(bench.cost());
            Callers.share(inFlight, jobs, number -> {
                long called = System.nanoTime();
                call(engine);
                timings.set(number, System.nanoTime() - called);
            });
            return new JobCost()
                    .add(meter.stop(), jobs)
                    .time("from the call to the result", timings)
                    .figures();
        }
    }

    private void call(JobEngine engine) {
        engine.jobQueue().enqueueAndWait(workload.request(), String.class, PATIENCE);
    }
}
