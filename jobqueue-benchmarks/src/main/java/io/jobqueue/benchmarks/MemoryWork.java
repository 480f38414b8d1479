package io.jobqueue.benchmarks;

import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.benchmarks.driver.Timings;
import io.jobqueue.engine.JobEngine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets jobs flow through a queue at a steady rate, each kept for the retention, and watches the memory of the server:
 * after the first retention period it must not grow. Then waits until the last job is purged. Once a second, while
 * the flow is measured, the server is asked for its memory.
 */
final class MemoryWork implements Work {

    private static final int TICKS_A_SECOND = 50;

    /** The janitor of an idle queue looks every ten seconds. */
    private static final Duration FIRST_PURGE = Duration.ofSeconds(12);

    private static final Duration LAST_PURGE = Duration.ofSeconds(60);

    private final Bench bench;
    private final Workload workload;

    MemoryWork(Bench bench) {
        this.bench = bench;
        this.workload = new Workload(bench);
    }

    @Override
    public Map<String, Double> run() throws InterruptedException {
        int jobs = bench.options().jobs();
        double empty = bytes();
        List<Double> samples = new ArrayList<>();
        List<Long> calls = new ArrayList<>();
        RunTimes runs = new RunTimes(jobs);
        try (JobEngine producer = workload.producer();
                JobEngine worker =
                        workload.worker(runs, workload.definition(Workload.TYPE, (payload, context) -> null))) {
            Meter meter = Meter.start(bench.cost());
            worker.start();
            flow(producer.jobQueue(), samples, calls);
            runs.awaitCompleted();
            Map<String, Double> figures = new LinkedHashMap<>(new JobCost()
                    .add(meter.stop(), jobs)
                    .time(Workload.ENQUEUE_CALL, Timings.of(calls))
                    .time(RunTimes.WHAT, runs.timings())
                    .figures());
            figures.put(
                    "bytes a kept job",
                    (bytes() - empty)
                            / producer.jobQueue().counts(workload.queue()).completed());
            addSamples(samples, figures);
            awaitPurge(producer.jobQueue());
            figures.put("bytes left above the start", bytes() - empty);
            return figures;
        }
    }

    private static void addSamples(List<Double> samples, Map<String, Double> figures) {
        figures.put("samples after the first period", (double) samples.size());
        if (samples.isEmpty()) {
            return;
        }
        List<Double> sorted = samples.stream().sorted().toList();
        double median = sorted.get(sorted.size() / 2);
        figures.put("bytes in use, median", median);
        figures.put("least, % of the median", 100 * sorted.get(0) / median);
        figures.put("most, % of the median", 100 * sorted.get(sorted.size() - 1) / median);
    }

    /** Enqueues at the rate; takes a sample a second once the first jobs have been purged. */
    private void flow(JobQueue queue, List<Double> samples, List<Long> calls) {
        int tick = Math.max(1, bench.options().rate() / TICKS_A_SECOND);
        long interval = TimeUnit.SECONDS.toNanos(1) * tick / bench.options().rate();
        long begun = System.nanoTime();
        long next = begun;
        long sampleAt = begun
                + FIRST_PURGE.toNanos()
                + TimeUnit.SECONDS.toNanos(bench.options().retention());
        for (int done = 0; done < bench.options().jobs(); done += tick) {
            int count = Math.min(tick, bench.options().jobs() - done);
            List<JobRequest> requests = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                requests.add(workload.request(Workload.TYPE)
                        .retention(Duration.ofSeconds(bench.options().retention()))
                        .build());
            }
            long called = System.nanoTime();
            queue.enqueueAll(requests);
            long now = System.nanoTime();
            calls.add(now - called);
            if (now - sampleAt >= 0) {
                samples.add(bytes());
                sampleAt += TimeUnit.SECONDS.toNanos(1);
            }
            next += interval;
            LockSupport.parkNanos(next - now);
        }
    }

    private void awaitPurge(JobQueue queue) {
        long deadline = System.nanoTime()
                + LAST_PURGE.plusSeconds(bench.options().retention()).toNanos();
        while (queue.counts(workload.queue()).completed() > 0 && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
        System.out.println("after the purge: " + queue.counts(workload.queue()));
    }

    private double bytes() {
        return bench.cost().read().sum(ServerReading.One::memory);
    }
}
