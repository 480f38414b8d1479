package io.jobqueue.benchmarks;

import io.jobqueue.engine.JobEngine;
import java.util.Map;

/** Works off jobs that all wait when the worker starts. Ends when the last of them is settled. */
final class DrainWork implements Work {

    private final Bench bench;
    private final Workload workload;

    DrainWork(Bench bench) {
        this.bench = bench;
        this.workload = new Workload(bench);
    }

    @Override
    public Map<String, Double> run() throws InterruptedException {
        int jobs = bench.options().jobs();
        try (JobEngine producer = workload.producer()) {
            workload.enqueueAll(producer.jobQueue(), jobs);
        }
        bench.cost().awaitRest();
        RunTimes runs = new RunTimes(jobs);
        try (JobEngine worker = workload.worker(runs, workload.definition(Workload.TYPE, (payload, context) -> null))) {
            Meter meter = Meter.start(bench.cost());
            worker.start();
            runs.awaitCompleted();
            return new JobCost()
                    .add(meter.stop(), jobs)
                    .time(RunTimes.WHAT, runs.timings())
                    .figures();
        }
    }
}
