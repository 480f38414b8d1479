package io.jobqueue.benchmarks;

import io.jobqueue.Handler;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.engine.EngineListener;
import io.jobqueue.engine.HandlerDefinition;
import io.jobqueue.engine.JobEngine;
import java.util.ArrayList;
import java.util.List;

/** The jobs of a queue and the engines that make and run them. Everything a job can have on by default is on. */
final class Workload {

    static final String TYPE = "bench";

    /** What the durations of enqueue calls are of. */
    static final String ENQUEUE_CALL = "of an enqueue call";

    private static final int BULK = 1000;

    private final Bench bench;
    private final String queue;
    private final String payload;

    Workload(Bench bench) {
        this(bench, bench.queue());
    }

    Workload(Bench bench, String queue) {
        this.bench = bench;
        this.queue = queue;
        this.payload = "x".repeat(Math.max(1, bench.options().bytes() - 2));
    }

    String queue() {
        return queue;
    }

    JobEngine producer() {
        return JobEngine.builder(bench.store())
                .queue(queue, bench.queueSettings())
                .build();
    }

    JobEngine worker(Handler<String, ?> handler) {
        return worker(EngineListener.NONE, definition(TYPE, handler));
    }

    JobEngine worker(EngineListener listener, HandlerDefinition... handlers) {
        JobEngine.Builder worker = JobEngine.builder(bench.store())
                .queue(queue, bench.queueSettings())
                .listener(listener);
        List.of(handlers).forEach(worker::handler);
        return worker.build();
    }

    HandlerDefinition definition(String type, Handler<String, ?> handler) {
        return HandlerDefinition.of(type, queue, String.class, handler);
    }

    JobRequest request() {
        return request(TYPE).build();
    }

    JobRequest.Builder request(String type) {
        return JobRequest.of(type, payload).queue(queue);
    }

    void enqueueAll(JobQueue jobs, int count) {
        enqueueAll(jobs, TYPE, count);
    }

    void enqueueAll(JobQueue jobs, String type, int count) {
        for (int done = 0; done < count; done += BULK) {
            List<JobRequest> requests = new ArrayList<>(BULK);
            for (int i = done; i < Math.min(count, done + BULK); i++) {
                requests.add(request(type).build());
            }
            jobs.enqueueAll(requests);
        }
    }
}
