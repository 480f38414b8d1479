package io.jobqueue.benchmarks;

import io.jobqueue.engine.JobEngine;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a job costs the server while much else is in its queue. For every {@link Backlog} jobs are enqueued one by one
 * and then as many are worked off, a few thousand at a time so that the backlog keeps its size. The first such turn is
 * a figure of its own: in it, jobs that are paused are set aside.
 */
final class BacklogWork implements Work {

    private final Bench bench;

    BacklogWork(Bench bench) {
        this.bench = bench;
    }

    @Override
    public Map<String, Double> run() throws InterruptedException {
        Map<String, Double> figures = new LinkedHashMap<>();
        int number = 0;
        for (Backlog backlog : Backlog.upTo(bench.options().backlog())) {
            Workload workload = new Workload(bench, bench.queue() + "-" + number++);
            try (JobEngine producer = workload.producer()) {
                backlog.filling().fill(workload, producer);
                measure(backlog, workload, producer, figures);
                producer.jobQueue().queue(workload.queue()).obliterate();
            }
        }
        return figures;
    }

    private void measure(Backlog backlog, Workload workload, JobEngine producer, Map<String, Double> figures)
            throws InterruptedException {
        int jobs = Math.max(1, Math.min(bench.options().jobs(), bench.options().backlog() / 100));
        BacklogCost first = new BacklogCost(bench.cost(), workload);
        first.enqueue(producer.jobQueue(), bench.options().inFlight(), jobs);
        first.handle(jobs);
        BacklogCost cost = new BacklogCost(bench.cost(), workload);
        for (int done = 0; done < bench.options().jobs(); done += jobs) {
            cost.enqueue(producer.jobQueue(), bench.options().inFlight(), jobs);
            cost.handle(jobs);
        }
        figures.put(backlog.name() + ": first turn, server CPU µs", first.turn() * jobs);
        cost.addTo(figures, backlog.name());
    }
}
