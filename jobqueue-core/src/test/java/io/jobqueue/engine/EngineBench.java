package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.Handler;
import io.jobqueue.JobId;
import io.jobqueue.JobRequest;
import io.jobqueue.JobSnapshot;
import io.jobqueue.store.memory.MemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;

/** Engines with real threads on one memory store, closed after each test. */
abstract class EngineBench {

    static final Duration BOUND = Duration.ofSeconds(20);
    static final String QUEUE = "engine-tests";

    final MemoryStore store = new MemoryStore();
    final List<JobEngine> engines = new ArrayList<>();
    final CountDownLatch running = new CountDownLatch(1);
    final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void close() {
        release.countDown();
        engines.forEach(JobEngine::close);
        store.close();
    }

    JobEngine engine(Handler<String, ?> handler) {
        return engine(handler, builder -> builder);
    }

    JobEngine engine(Handler<String, ?> handler, UnaryOperator<JobEngine.Builder> options) {
        JobEngine engine = options.apply(JobEngine.builder(store)
                        .handler(HandlerDefinition.of("type", QUEUE, String.class, handler))
                        .claimWait(Duration.ofMinutes(1)))
                .build();
        engines.add(engine);
        return engine;
    }

    String waitForRelease() throws InterruptedException {
        running.countDown();
        release.await();
        return "released";
    }

    static JobRequest job(String id) {
        return JobRequest.of("type", id).id(id).build();
    }

    static JobSnapshot find(JobEngine engine, String id) {
        return engine.jobQueue().find(JobId.of(QUEUE, id)).orElseThrow();
    }

    static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    static void eventually(BooleanSupplier reached) {
        assertThat(new Patience(System::nanoTime).await(BOUND, reached)).isTrue();
    }
}
