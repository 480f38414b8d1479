package io.jobqueue.benchmarks;

import io.jobqueue.JobRequest;
import io.jobqueue.benchmarks.driver.Consumer;
import io.jobqueue.benchmarks.driver.Peer;
import io.jobqueue.benchmarks.driver.Producer;
import io.jobqueue.benchmarks.driver.Session;
import io.jobqueue.engine.HandlerDefinition;
import io.jobqueue.engine.JobEngine;
import io.jobqueue.engine.JobSettings;
import io.jobqueue.engine.QueueSettings;
import io.jobqueue.store.JobStore;
import io.jobqueue.store.memory.MemoryStore;
import io.jobqueue.store.redis.RedisConnection;
import io.jobqueue.store.redis.RedisStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** jobqueue among the queues that are compared, with what it does by default. */
final class JobQueuePeer implements Peer {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final JobSettings REMOVED = new JobSettings(null, null, null, Duration.ZERO, null, null);

    private final JobStore store;
    private @Nullable JobEngine working;

    private JobQueuePeer(JobStore store) {
        this.store = store;
    }

    /** Drives jobqueue on the Redis of the URL given, or on the store {@code memory}. */
    public static void main(String[] arguments) {
        String where = arguments[0];
        Session.run(() -> new JobQueuePeer(
                where.equals("memory")
                        ? new MemoryStore(InstantSource.system())
                        : RedisStore.open(RedisConnection.of(where), "bench")));
    }

    @Override
    public String version() {
        return "jobqueue 0.1.0-SNAPSHOT, Java " + Runtime.version().feature();
    }

    /** An application has one engine, which enqueues and works. */
    @Override
    public Producer producer(String queue) {
        JobEngine own = working;
        return own == null
                ? new EngineProducer(JobEngine.builder(store).build(), queue, true)
                : new EngineProducer(own, queue, false);
    }

    @Override
    public Consumer consumer(String queue, int slots, boolean keep, Handler handler) {
        OpenRuns open = new OpenRuns();
        JobEngine engine = JobEngine.builder(store)
                .listener(open)
                .queue(queue, new QueueSettings(slots, null, keep ? JobSettings.NONE : REMOVED))
                .handler(HandlerDefinition.of(
                        Workload.TYPE, queue, String.class, (payload, context) -> handler.handle(payload)))
                .build();
        return new EngineConsumer(engine, open);
    }

    @Override
    public void clear() {
        try (JobEngine engine = JobEngine.builder(store).build()) {
            for (String queue : engine.jobQueue().queues()) {
                engine.jobQueue().queue(queue).clear();
            }
        }
    }

    @Override
    public void close() {
        store.close();
    }

    private record EngineProducer(JobEngine engine, String queue, boolean owned) implements Producer {

        @Override
        public void enqueue(String payload) {
            engine.jobQueue().enqueue(request(payload));
        }

        @Override
        public void enqueueAll(List<String> payloads) {
            engine.jobQueue().enqueueAll(payloads.stream().map(this::request).toList());
        }

        @Override
        public void enqueueAndWait(String payload) {
            engine.jobQueue().enqueueAndWait(request(payload), String.class, PATIENCE);
        }

        private JobRequest request(String payload) {
            return JobRequest.of(Workload.TYPE, payload).queue(queue).build();
        }

        @Override
        public void close() {
            if (owned) {
                engine.close();
            }
        }
    }

    private final class EngineConsumer implements Consumer {

        private final JobEngine engine;
        private final OpenRuns open;

        EngineConsumer(JobEngine engine, OpenRuns open) {
            this.engine = engine;
            this.open = open;
            working = engine;
        }

        @Override
        public void start() {
            engine.start();
        }

        @Override
        public void awaitSettled() {
            open.awaitNone();
        }

        @Override
        public void close() {
            working = null;
            engine.close();
        }
    }
}
