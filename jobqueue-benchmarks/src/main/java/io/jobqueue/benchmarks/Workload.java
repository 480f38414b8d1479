package io.jobqueue.benchmarks;

import io.jobqueue.Handler;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.engine.HandlerDefinition;
import io.jobqueue.engine.JobEngine;
import io.jobqueue.engine.JobSettings;
import io.jobqueue.engine.QueueSettings;
import java.util.ArrayList;
import java.util.List;

/** The jobs of a round and the engines that make and run them. Everything a job can have on by default is on. */
final class Workload {

    private static final String TYPE = "bench";
    private static final int BULK = 1000;

    private final Bench bench;
    private final String payload;

    Workload(Bench bench) {
        this.bench = bench;
        this.payload = "x".repeat(Math.max(1, bench.options().bytes() - 2));
    }

    JobEngine producer() {
        return JobEngine.builder(bench.store()).build();
    }

    JobEngine worker(Handler<String, ?> handler) {
        return JobEngine.builder(bench.store())
                .queue(bench.queue(), new QueueSettings(bench.options().slots(), null, JobSettings.NONE))
                .handler(HandlerDefinition.of(TYPE, bench.queue(), String.class, handler))
                .build();
    }

    JobRequest request() {
        return JobRequest.of(TYPE, payload).queue(bench.queue()).build();
    }

    void enqueueAll(JobQueue queue, int jobs) {
        for (int done = 0; done < jobs; done += BULK) {
            List<JobRequest> requests = new ArrayList<>(BULK);
            for (int i = done; i < Math.min(jobs, done + BULK); i++) {
                requests.add(request());
            }
            queue.enqueueAll(requests);
        }
    }
}
