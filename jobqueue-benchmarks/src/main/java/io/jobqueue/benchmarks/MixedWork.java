package io.jobqueue.benchmarks;

import io.jobqueue.benchmarks.driver.Callers;
import io.jobqueue.benchmarks.driver.Timings;
import io.jobqueue.engine.JobEngine;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Enqueues and works off at the same time what a real queue holds, see {@link MixedJobs}. Without groups, which the
 * product does not have yet. Ends when the last job is settled.
 */
final class MixedWork implements Work {

    private final Bench bench;
    private final Workload workload;

    MixedWork(Bench bench) {
        this.bench = bench;
        this.workload = new Workload(bench);
    }

    @Override
    public Map<String, Double> run() throws InterruptedException {
        int jobs = bench.options().jobs();
        AtomicInteger attempts = new AtomicInteger();
        RunTimes runs = new RunTimes(jobs);
        Timings calls = new Timings(jobs);
        MixedJobs mixed = new MixedJobs(workload);
        try (JobEngine producer = workload.producer();
                JobEngine worker = worker(attempts, runs)) {
            Meter meter = Meter.start(bench.cost());
            worker.start();
            Callers.share(bench.options().inFlight(), jobs, number -> {
                long called = System.nanoTime();
                producer.jobQueue().enqueue(mixed.request(number));
                calls.set(number, System.nanoTime() - called);
            });
            runs.awaitCompleted();
            Map<String, Double> figures = new LinkedHashMap<>(new JobCost()
                    .add(meter.stop(), jobs)
                    .time(Workload.ENQUEUE_CALL, calls)
                    .time(RunTimes.WHAT, runs.timings())
                    .figures());
            figures.put("attempts a job", attempts.doubleValue() / jobs);
            figures.put("groups (not there yet)", 0.0);
            return figures;
        }
    }

    private JobEngine worker(AtomicInteger attempts, RunTimes runs) {
        return workload.worker(
                runs,
                workload.definition(Workload.TYPE, (payload, context) -> {
                    attempts.incrementAndGet();
                    return null;
                }),
                workload.definition(MixedJobs.FLAKY, (payload, context) -> {
                    attempts.incrementAndGet();
                    if (context.attempt() == 1) {
                        throw new IllegalStateException("the first attempt fails");
                    }
                    return null;
                }));
    }
}
