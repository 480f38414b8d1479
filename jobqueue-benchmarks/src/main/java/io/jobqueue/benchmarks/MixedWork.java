package io.jobqueue.benchmarks;

import io.jobqueue.Backoff;
import io.jobqueue.JobRequest;
import io.jobqueue.benchmarks.driver.Callers;
import io.jobqueue.engine.JobEngine;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Enqueues and works off at the same time what a real queue holds: five priorities, every tenth job delayed and every
 * tenth failing its first attempt. Ends when the last job is settled.
 */
final class MixedWork implements Work {

    private static final String FLAKY = "flaky";
    private static final int PRIORITIES = 5;
    private static final int EVERY = 10;
    private static final Duration DELAY = Duration.ofMillis(100);
    private static final Backoff BACKOFF = Backoff.fixed(Duration.ofMillis(50));

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
        CountDownLatch completed = new CountDownLatch(jobs);
        try (JobEngine producer = workload.producer();
                JobEngine worker = worker(attempts, completed)) {
            Meter meter = Meter.start(bench.cost());
            worker.start();
            Callers.share(
                    bench.options().inFlight(),
                    jobs,
                    number -> producer.jobQueue().enqueue(request(number)));
            completed.await();
            while (worker.jobQueue().counts(workload.queue()).active() > 0) {
                Thread.onSpinWait();
            }
            Meter.Spent spent = meter.stop();
            Map<String, Double> figures = new LinkedHashMap<>();
            figures.put("jobs/s", jobs / spent.seconds());
            figures.put("attempts a job", attempts.doubleValue() / jobs);
            spent.addTo(figures, jobs);
            return figures;
        }
    }

    private JobEngine worker(AtomicInteger attempts, CountDownLatch completed) {
        return workload.worker(List.of(
                workload.definition(Workload.TYPE, (payload, context) -> {
                    attempts.incrementAndGet();
                    completed.countDown();
                    return null;
                }),
                workload.definition(FLAKY, (payload, context) -> {
                    attempts.incrementAndGet();
                    if (context.attempt() == 1) {
                        throw new IllegalStateException("the first attempt fails");
                    }
                    completed.countDown();
                    return null;
                })));
    }

    private JobRequest request(int number) {
        return switch (number % EVERY) {
            case 0 ->
                workload.request(FLAKY)
                        .priority(number % PRIORITIES)
                        .backoff(BACKOFF)
                        .build();
            case 1 ->
                workload.request(Workload.TYPE)
                        .priority(number % PRIORITIES)
                        .delay(DELAY)
                        .build();
            default ->
                workload.request(Workload.TYPE).priority(number % PRIORITIES).build();
        };
    }
}
