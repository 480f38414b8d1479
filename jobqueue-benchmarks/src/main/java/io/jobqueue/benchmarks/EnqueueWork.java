package io.jobqueue.benchmarks;

import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.benchmarks.driver.Callers;
import io.jobqueue.engine.JobEngine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Enqueues jobs that nobody works off: one by one from many threads, or in bulk. */
final class EnqueueWork implements Work {

    private final Bench bench;
    private final Workload workload;

    EnqueueWork(Bench bench) {
        this.bench = bench;
        this.workload = new Workload(bench);
    }

    @Override
    public Map<String, Double> run() throws InterruptedException {
        int jobs = bench.options().jobs();
        int batch = bench.options().batch();
        try (JobEngine producer = workload.producer()) {
            Meter meter = Meter.start(bench.cost());
            int done =
                    Callers.share(bench.options().inFlight(), jobs / batch, call -> enqueue(producer.jobQueue(), batch))
                            * batch;
            Meter.Spent spent = meter.stop();
            Map<String, Double> figures = new LinkedHashMap<>();
            figures.put("jobs/s", done / spent.seconds());
            spent.addTo(figures, done);
            figures.put("bytes a waiting job", spent.server().bytes() / done);
            return figures;
        }
    }

    private void enqueue(JobQueue queue, int batch) {
        if (batch == 1) {
            queue.enqueue(workload.request());
        } else {
            List<JobRequest> requests =
                    IntStream.range(0, batch).mapToObj(i -> workload.request()).toList();
            queue.enqueueAll(requests);
        }
    }
}
