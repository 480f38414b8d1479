package io.jobqueue.benchmarks;

import io.jobqueue.engine.JobEngine;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

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
        CountDownLatch handled = new CountDownLatch(jobs);
        try (JobEngine worker = workload.worker((payload, context) -> {
            handled.countDown();
            return null;
        })) {
            Meter meter = Meter.start(bench.cost());
            worker.start();
            handled.await();
            while (worker.jobQueue().counts(bench.queue()).active() > 0) {
                Thread.onSpinWait();
            }
            Meter.Spent spent = meter.stop();
            Map<String, Double> figures = new LinkedHashMap<>();
            figures.put("jobs/s", jobs / spent.seconds());
            spent.addTo(figures, jobs);
            figures.put("bytes a job takes more when it is kept", spent.server().bytes() / jobs);
            return figures;
        }
    }
}
