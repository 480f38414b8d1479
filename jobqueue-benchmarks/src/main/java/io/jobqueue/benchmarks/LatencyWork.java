package io.jobqueue.benchmarks;

import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.benchmarks.driver.Timings;
import io.jobqueue.engine.JobEngine;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Enqueues at a steady rate into an idle worker: from the start of the enqueue call to the start of the handler.
 * The rate is given, so jobs a second are no result. */
final class LatencyWork implements Work {

    private static final int WARM_UP = 400;

    private final Bench bench;

    LatencyWork(Bench bench) {
        this.bench = bench;
    }

    @Override
    public Map<String, Double> run() throws InterruptedException {
        int jobs = bench.options().jobs();
        Timings timings = new Timings(jobs);
        CountDownLatch started = new CountDownLatch(jobs + WARM_UP);
        Workload workload = new Workload(bench);
        try (JobEngine producer = workload.producer();
                JobEngine worker = workload.worker((payload, context) -> {
                    long now = System.nanoTime();
                    int number = Integer.parseInt(context.headers().getOrDefault("number", "0"));
                    if (number >= WARM_UP) {
                        timings.set(
                                number - WARM_UP,
                                now - Long.parseLong(context.headers().getOrDefault("enqueued", "0")));
                    }
                    started.countDown();
                    return null;
                })) {
            worker.start();
            Meter meter = Meter.start(bench.cost());
            long interval = TimeUnit.SECONDS.toNanos(1) / bench.options().rate();
            long next = System.nanoTime();
            for (int i = 0; i < jobs + WARM_UP; i++) {
                enqueue(producer.jobQueue(), i);
                next += interval;
                LockSupport.parkNanos(next - System.nanoTime());
            }
            started.await();
            return new JobCost()
                    .add(meter.stop(), jobs + WARM_UP)
                    .time("from the enqueue call to the start of the run", timings)
                    .figures();
        }
    }

    private void enqueue(JobQueue queue, int number) {
        queue.enqueue(JobRequest.of("bench", "x".repeat(bench.options().bytes()))
                .queue(bench.queue())
                .header("number", String.valueOf(number))
                .header("enqueued", String.valueOf(System.nanoTime()))
                .build());
    }
}
