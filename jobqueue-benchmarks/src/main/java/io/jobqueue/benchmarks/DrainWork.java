package io.jobqueue.benchmarks;

import io.jobqueue.engine.JobEngine;
import java.lang.management.ManagementFactory;
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
            ServerCost.Reading before = bench.cost().read();
            double cpu = processCpuMicros();
            long start = System.nanoTime();
            worker.start();
            handled.await();
            while (worker.jobQueue().counts(bench.queue()).active() > 0) {
                Thread.onSpinWait();
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            ServerCost.Reading spent = bench.cost().read().since(before);
            Map<String, Double> figures = new LinkedHashMap<>();
            figures.put("jobs/s", jobs / seconds);
            figures.put("client calls a job", spent.calls() / jobs);
            figures.put("server CPU µs a job", spent.cpuMicros() / jobs);
            figures.put("worker CPU µs a job", (processCpuMicros() - cpu) / jobs);
            return figures;
        }
    }

    private static double processCpuMicros() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                        .getProcessCpuTime()
                / 1e3;
    }
}
