package io.jobqueue.benchmarks;

import io.jobqueue.engine.JobEngine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a job costs the server while much else is in its queue. For every {@link Backlog} jobs are enqueued one by one
 * and then as many are worked off, a few thousand at a time so that the backlog keeps its size. The first such turn is
 * a figure of its own: in it, jobs that are paused are set aside. Starting and stopping the worker is part of every turn.
 *
 * <p>Each round begins with a turn in an empty queue that does not count, every second round takes the backlogs the other
 * way round, and the server comes to rest whenever a queue was filled or cleared.
 */
final class BacklogWork implements Work {

    private final Bench bench;

    BacklogWork(Bench bench) {
        this.bench = bench;
    }

    @Override
    public Map<String, Double> run() throws InterruptedException {
        Map<String, Double> figures = new LinkedHashMap<>();
        List<Backlog> backlogs = new ArrayList<>(Backlog.upTo(bench.options().backlog()));
        if (bench.round() % 2 == 1) {
            Collections.reverse(backlogs);
        }
        within("warm", this::warmUp);
        for (Backlog backlog : backlogs) {
            within(String.valueOf(backlogs.indexOf(backlog)), (workload, producer) -> {
                backlog.filling().fill(workload, producer);
                bench.cost().awaitRest();
                measure(backlog, workload, producer, figures);
            });
        }
        return figures;
    }

    /** Does something in a queue of its own and leaves a server at rest without the queue. */
    private void within(String name, Stay stay) throws InterruptedException {
        Workload workload = new Workload(bench, bench.queue() + "-" + name);
        try (JobEngine producer = workload.producer()) {
            stay.spend(workload, producer);
            producer.jobQueue().queue(workload.queue()).obliterate();
        }
        bench.cost().awaitRest();
    }

    /** What is done in one queue. */
    private interface Stay {

        void spend(Workload workload, JobEngine producer) throws InterruptedException;
    }

    private void warmUp(Workload workload, JobEngine producer) throws InterruptedException {
        new BacklogCost(bench.cost(), workload)
                .turn(
                        producer.jobQueue(),
                        bench.options().inFlight(),
                        bench.options().jobs());
    }

    private void measure(Backlog backlog, Workload workload, JobEngine producer, Map<String, Double> figures)
            throws InterruptedException {
        int jobs = Math.max(1, Math.min(bench.options().jobs(), bench.options().backlog() / 100));
        int inFlight = bench.options().inFlight();
        BacklogCost first = new BacklogCost(bench.cost(), workload);
        first.turn(producer.jobQueue(), inFlight, jobs);
        BacklogCost cost = new BacklogCost(bench.cost(), workload);
        for (int done = 0; done < bench.options().jobs(); done += jobs) {
            cost.turn(producer.jobQueue(), inFlight, jobs);
        }
        figures.put(backlog.name() + ": first turn, server CPU µs", first.serverMicros());
        cost.addTo(figures, backlog.name());
    }
}
