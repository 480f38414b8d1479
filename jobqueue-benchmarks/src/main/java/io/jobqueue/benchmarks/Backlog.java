package io.jobqueue.benchmarks;

import io.jobqueue.engine.JobEngine;
import java.util.List;
import java.util.Locale;

/**
 * What is in a queue before the cost of its next jobs is measured.
 *
 * @param name what it is called among the figures
 * @param filling puts it there
 */
record Backlog(String name, Filling filling) {

    /** The type of the jobs that are held up. */
    static final String HELD = "held";

    /** Puts jobs into an empty queue. */
    interface Filling {

        void fill(Workload workload, JobEngine producer) throws InterruptedException;
    }

    /** Returns the backlogs in question, the smallest first; {@code most} is the size of the largest. */
    static List<Backlog> upTo(int most) {
        return List.of(waiting(most / 100), waiting(most / 5), waiting(most), finished(most), paused(most / 5));
    }

    private static Backlog waiting(int count) {
        return new Backlog(
                counted(count, "waiting"), (workload, producer) -> workload.enqueueAll(producer.jobQueue(), count));
    }

    private static Backlog finished(int count) {
        return new Backlog(counted(count, "finished kept"), (workload, producer) -> {
            workload.enqueueAll(producer.jobQueue(), count);
            new BacklogWorker(workload).handle(count);
        });
    }

    private static Backlog paused(int count) {
        return new Backlog(counted(count, "paused ahead"), (workload, producer) -> {
            producer.jobQueue().queue(workload.queue()).pause(HELD);
            workload.enqueueAll(producer.jobQueue(), HELD, count);
        });
    }

    private static String counted(int count, String what) {
        return String.format(Locale.ROOT, "%,d %s", count, what);
    }
}
