package io.jobqueue.benchmarks;

import io.jobqueue.JobRequest;
import io.jobqueue.engine.JobEngine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How long single script calls keep the server from everybody else, over the whole life of very many jobs: enqueued for
 * one instant, promoted when it has come, worked off, kept for the retention, purged. Ends when nothing is left.
 */
final class StallWork implements Work {

    private static final int BULK = 1000;
    private static final Duration ENQUEUES = Duration.ofSeconds(20);

    private final Bench bench;
    private final Workload workload;

    StallWork(Bench bench) {
        this.bench = bench;
        this.workload = new Workload(bench);
    }

    @Override
    public Map<String, Double> run() {
        bench.cost().forgetScripts();
        Map<String, Double> figures = new LinkedHashMap<>();
        try (JobEngine engine = workload.worker((payload, context) -> null)) {
            long begun = System.nanoTime();
            enqueue(engine, Instant.now().plus(ENQUEUES));
            engine.start();
            while (engine.jobQueue().counts(workload.queue()).completed()
                            < bench.options().jobs()
                    && !isEmpty(engine)) {
                pause();
            }
            figures.put("seconds until all were worked off", secondsSince(begun));
            while (!isEmpty(engine)) {
                pause();
            }
            figures.put("seconds until all were purged", secondsSince(begun));
            figures.putAll(bench.cost().scriptMillis());
        }
        return figures;
    }

    private void enqueue(JobEngine engine, Instant due) {
        for (int done = 0; done < bench.options().jobs(); done += BULK) {
            List<JobRequest> requests = new ArrayList<>(BULK);
            for (int i = 0; i < BULK; i++) {
                requests.add(workload.request(Workload.TYPE)
                        .runAt(due)
                        .retention(Duration.ofSeconds(bench.options().retention()))
                        .build());
            }
            engine.jobQueue().enqueueAll(requests);
        }
    }

    private boolean isEmpty(JobEngine engine) {
        var counts = engine.jobQueue().counts(workload.queue());
        return counts.scheduled() + counts.waiting() + counts.active() + counts.completed() == 0;
    }

    private static double secondsSince(long begun) {
        return (double) TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun) / 1000;
    }

    private static void pause() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
    }
}
