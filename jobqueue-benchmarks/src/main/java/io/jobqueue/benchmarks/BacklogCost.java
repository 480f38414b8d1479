package io.jobqueue.benchmarks;

import io.jobqueue.JobQueue;
import io.jobqueue.benchmarks.driver.Callers;
import java.util.Map;

/** Adds up what jobs cost over several turns of enqueueing and working off. */
final class BacklogCost {

    private final ServerCost cost;
    private final Workload workload;
    private double enqueued;
    private double handled;
    private double enqueueMicros;
    private double handleMicros;
    private double clientMicros;

    BacklogCost(ServerCost cost, Workload workload) {
        this.cost = cost;
        this.workload = workload;
    }

    void enqueue(JobQueue queue, int inFlight, int jobs) throws InterruptedException {
        Meter meter = Meter.start(cost);
        enqueued += Callers.share(inFlight, jobs, number -> queue.enqueue(workload.request()));
        Meter.Spent spent = meter.stop();
        enqueueMicros += spent.server().cpuMicros();
        clientMicros += spent.clientMicros();
    }

    void handle(int jobs) throws InterruptedException {
        Meter meter = Meter.start(cost);
        handled += new BacklogWorker(workload).handle(jobs);
        Meter.Spent spent = meter.stop();
        handleMicros += spent.server().cpuMicros();
        clientMicros += spent.clientMicros();
    }

    /** Returns the server's CPU for one job from enqueue to settlement, in microseconds. */
    double turn() {
        return enqueueMicros / enqueued + handleMicros / handled;
    }

    void addTo(Map<String, Double> figures, String name) {
        figures.put(name + ": enqueue, server CPU µs a job", enqueueMicros / enqueued);
        figures.put(name + ": claim and settle, server CPU µs a job", handleMicros / handled);
        figures.put(name + ": client CPU µs a job", clientMicros / handled);
    }
}
