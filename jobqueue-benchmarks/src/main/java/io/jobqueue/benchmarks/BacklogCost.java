package io.jobqueue.benchmarks;

import io.jobqueue.JobQueue;
import io.jobqueue.benchmarks.ServerReading.One;
import io.jobqueue.benchmarks.driver.Callers;
import io.jobqueue.benchmarks.driver.Timings;
import java.util.Map;

/** Adds up what jobs cost over several turns of enqueueing and working off. */
final class BacklogCost {

    private final ServerCost cost;
    private final Workload workload;
    private final JobCost enqueueing = new JobCost();
    private final JobCost handling = new JobCost();
    private int missing;

    BacklogCost(ServerCost cost, Workload workload) {
        this.cost = cost;
        this.workload = workload;
    }

    /**
     * Enqueues so many jobs one by one, and what the turn before has worked off beyond its number, then works off as many.
     *
     * @return the server's CPU of both a job, in microseconds
     */
    double turn(JobQueue queue, int inFlight, int jobs) throws InterruptedException {
        return enqueue(queue, inFlight, jobs + missing) + handle(jobs);
    }

    private double enqueue(JobQueue queue, int inFlight, int jobs) throws InterruptedException {
        Timings calls = new Timings(jobs);
        Meter meter = Meter.start(cost);
        Callers.share(inFlight, jobs, number -> {
            long called = System.nanoTime();
            queue.enqueue(workload.request());
            calls.set(number, System.nanoTime() - called);
        });
        Meter.Spent spent = meter.stop();
        enqueueing.add(spent, jobs).time(Workload.ENQUEUE_CALL, calls);
        return spent.server().sum(One::cpuMicros) / jobs;
    }

    private double handle(int jobs) throws InterruptedException {
        Meter meter = Meter.start(cost);
        RunTimes runs = new BacklogWorker(workload).handle(jobs);
        Meter.Spent spent = meter.stop();
        missing = runs.completed() - jobs;
        handling.add(spent, runs.completed()).time(RunTimes.WHAT, runs.timings());
        return spent.server().sum(One::cpuMicros) / runs.completed();
    }

    void addTo(Map<String, Double> figures, String name) {
        enqueueing.addTo(figures, name + ", enqueue: ");
        handling.addTo(figures, name + ", claim and settle: ");
    }
}
