package io.jobqueue.benchmarks;

import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
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
 * after the first retention period it must not grow. Then waits until the last job is purged.
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
    public Map<String, Double> run() {
        double empty = bytes();
        List<Double> samples = new ArrayList<>();
        try (JobEngine producer = workload.producer();
                JobEngine worker = workload.worker((payload, context) -> null)) {
            worker.start();
            flow(producer.jobQueue(), samples);
            awaitPurge(producer.jobQueue());
            List<Double> sorted = samples.stream().sorted().toList();
            double median = sorted.get(sorted.size() / 2);
            Map<String, Double> figures = new LinkedHashMap<>();
            figures.put("jobs", (double) bench.options().jobs());
            figures.put("samples after the first period", (double) samples.size());
            figures.put("bytes in use, median", median);
            figures.put("least, % of the median", 100 * sorted.get(0) / median);
            figures.put("most, % of the median", 100 * sorted.get(sorted.size() - 1) / median);
            figures.put("bytes left above the start", bytes() - empty);
            return figures;
        }
    }

    /** Enqueues at the rate; takes a sample a second once the first jobs have been purged. */
    private void flow(JobQueue queue, List<Double> samples) {
        int tick = Math.max(1, bench.options().rate() / TICKS_A_SECOND);
        long interval = TimeUnit.SECONDS.toNanos(1) * tick / bench.options().rate();
        long begun = System.nanoTime();
        long next = begun;
        long sampleAt = begun
                + FIRST_PURGE.toNanos()
                + TimeUnit.SECONDS.toNanos(bench.options().retention());
        for (int done = 0; done < bench.options().jobs(); done += tick) {
            List<JobRequest> requests = new ArrayList<>(tick);
            for (int i = 0; i < tick; i++) {
                requests.add(workload.request(Workload.TYPE)
                        .retention(Duration.ofSeconds(bench.options().retention()))
                        .build());
            }
            queue.enqueueAll(requests);
            long now = System.nanoTime();
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
        return bench.cost().read().bytes();
    }
}
