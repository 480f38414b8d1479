package io.jobqueue.benchmarks;

import io.jobqueue.engine.JobEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A server with one backlog, and what the turns on it have cost. */
final class BacklogSite implements AutoCloseable {

    private final Backlog backlog;
    private final Apart apart;
    private final Bench bench;
    private final Workload workload;
    private final JobEngine producer;
    private final BacklogCost cost;
    private final List<Double> turns = new ArrayList<>();
    private double firstTurn;

    private BacklogSite(Backlog backlog, Apart apart, String name) {
        this.backlog = backlog;
        this.apart = apart;
        bench = apart.bench();
        workload = new Workload(bench, bench.queue() + "-" + name);
        producer = workload.producer();
        cost = new BacklogCost(bench.cost(), workload);
    }

    /** Opens a server and puts nothing there yet. */
    static BacklogSite open(Backlog backlog, Bench bench, String name) {
        return new BacklogSite(backlog, Apart.from(bench), name);
    }

    /** Lets the server and this process get used to the work, then puts the backlog there. */
    void fill(int jobs) throws InterruptedException {
        Workload other = new Workload(bench, workload.queue() + "-warm");
        try (JobEngine warm = other.producer()) {
            new BacklogCost(bench.cost(), other)
                    .turn(warm.jobQueue(), bench.options().inFlight(), jobs);
            warm.jobQueue().queue(other.queue()).obliterate();
        }
        backlog.filling().fill(workload, producer);
    }

    /** A turn that is a figure of its own: in it, jobs that are paused are set aside. */
    void firstTurn(int jobs) throws InterruptedException {
        firstTurn = new BacklogCost(bench.cost(), workload)
                .turn(producer.jobQueue(), bench.options().inFlight(), jobs);
    }

    void awaitRest() {
        bench.cost().awaitRest();
    }

    void turn(int jobs) throws InterruptedException {
        turns.add(cost.turn(producer.jobQueue(), bench.options().inFlight(), jobs));
    }

    /** Adds what was measured; {@code usual} is what the costs are compared with, turn by turn. */
    void addTo(Map<String, Double> figures, BacklogSite usual) {
        cost.addTo(figures, backlog.name());
        figures.put(backlog.name() + ", both: first turn, server CPU µs a job", firstTurn);
        figures.put(backlog.name() + ", both: server CPU µs a job, median turn", median(turns));
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < turns.size(); i++) {
            ratios.add(turns.get(i) / usual.turns.get(i));
        }
        figures.put(backlog.name() + ", both: of the cost with " + usual.backlog.name(), median(ratios));
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    @Override
    public void close() {
        try {
            apart.leave(producer.jobQueue().queue(workload.queue()));
        } finally {
            producer.close();
            apart.close();
        }
    }
}
