package io.jobqueue.benchmarks;

import io.jobqueue.benchmarks.ServerReading.One;
import io.jobqueue.engine.HandlerDefinition;
import io.jobqueue.engine.JobEngine;
import io.jobqueue.store.JobStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * What costs when there is nothing to do: engines that each have a store of their own, as if each were a process, and a
 * worker for each of the same queues. One of them leads in every queue.
 */
final class IdleWork implements Work {

    /** Until the workers wait, and the leaders have done each of their duties once, for which they load its script. */
    private static final Duration LEAD_IN = Duration.ofSeconds(15);

    private final Bench bench;

    IdleWork(Bench bench) {
        this.bench = bench;
    }

    @Override
    public Map<String, Double> run() {
        double connectionsBefore = bench.cost().read().most(One::connections);
        List<IdleProcess> processes = new ArrayList<>();
        try {
            for (int i = 0; i < bench.options().engines(); i++) {
                processes.add(process());
            }
            pause(LEAD_IN);
            Meter meter = Meter.start(bench.cost());
            pause(Duration.ofSeconds(bench.options().seconds()));
            return figures(meter.stop(), connectionsBefore);
        } finally {
            processes.forEach(IdleProcess::close);
        }
    }

    private Map<String, Double> figures(Meter.Spent spent, double connectionsBefore) {
        int workers = bench.options().engines() * bench.options().queues();
        double perWorker = spent.seconds() * workers;
        ServerReading server = spent.server();
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("workers", (double) workers);
        figures.put("round trips/s", server.sum(One::calls) / spent.seconds());
        figures.put("round trips/s of a worker", server.sum(One::calls) / perWorker);
        figures.put("server CPU µs/s", server.sum(One::cpuMicros) / spent.seconds());
        figures.put("server CPU µs/s for a worker", server.sum(One::cpuMicros) / perWorker);
        figures.put("client CPU µs/s of a worker", spent.clientMicros() / perWorker);
        figures.put("network bytes/s to the server", server.sum(One::received) / spent.seconds());
        figures.put("network bytes/s from the server", server.sum(One::sent) / spent.seconds());
        figures.put(
                "connections of an engine, most of a server",
                (server.most(One::connections) - connectionsBefore)
                        / bench.options().engines());
        return figures;
    }

    private IdleProcess process() {
        JobStore store = bench.another().get();
        JobEngine.Builder engine = JobEngine.builder(store);
        for (int i = 0; i < bench.options().queues(); i++) {
            String queue = bench.queue() + "-" + i;
            engine.queue(queue, bench.queueSettings())
                    .handler(HandlerDefinition.of(
                            Workload.TYPE + "-" + i, queue, String.class, (payload, context) -> null));
        }
        IdleProcess process = new IdleProcess(store, engine.build());
        process.engine().start();
        return process;
    }

    private static void pause(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /**
     * What a process has.
     *
     * @param store its connections
     * @param engine its workers
     */
    private record IdleProcess(JobStore store, JobEngine engine) implements AutoCloseable {

        @Override
        public void close() {
            engine.close();
            store.close();
        }
    }
}
