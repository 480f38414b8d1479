package io.jobqueue.benchmarks;

import io.jobqueue.JobQueue;
import io.jobqueue.benchmarks.driver.Callers;
import io.jobqueue.benchmarks.driver.Timings;
import java.util.Map;

/** Adds up what jobs cost over several turns of enqueueing and working off. */
final class BacklogCost {

    private final ServerCost cost;
    private final Workload workload;
    private final JobCost enqueueing = new JobCost();
    private final JobCost handling = new JobCost();

    BacklogCost(ServerCost cost, Workload workload) {
        this.cost = cost;
        this.workload = workload;
    }

    /** Enqueues so many jobs one by one and then works off as many. */
    void turn(JobQueue queue, int inFlight, int jobs) throws InterruptedException {
        enqueue(queue, inFlight, jobs);
        handle(jobs);
    }

    private void enqueue(JobQueue queue, int inFlight, int jobs) throws InterruptedException {
        Timings calls = new Timings(jobs);
        Meter meter = Meter.start(cost);
        Callers.share(inFlight, jobs, number -> {
            long called = System.nanoTime();
            queue.enqueue(workload.request());
            calls.set(number, System.nanoTime() - called);
        });
        enqueueing.add(meter.stop(), jobs).time(Workload.ENQUEUE_CALL, calls);
    }

    private void handle(int jobs) throws InterruptedException {
        Meter meter = Meter.start(cost);
        RunTimes runs = new BacklogWorker(workload).handle(jobs);
        handling.add(meter.stop(), runs.completed()).time(RunTimes.WHAT, runs.timings());
    }

    /** Returns the server's CPU for all turns, in microseconds. */
    double serverMicros() {
        return enqueueing.serverMicros() + handling.serverMicros();
    }

    void addTo(Map<String, Double> figures, String name) {
        enqueueing.addTo(figures, name + ", enqueue: ");
        handling.addTo(figures, name + ", claim and settle: ");
    }
}
