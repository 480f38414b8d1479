package io.jobqueue.benchmarks.jmh;

import io.jobqueue.JobRequest;
import io.jobqueue.engine.HandlerDefinition;
import io.jobqueue.engine.JobEngine;
import io.jobqueue.store.memory.MemoryStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What the engine adds to a job: threads, leases, decisions; on the memory store, with handlers that do nothing. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class EngineBenchmark {

    private static final int BATCH = 1000;
    private static final String QUEUE = "bench";
    private static final String TYPE = "noop";

    private final MemoryStore store = new MemoryStore(InstantSource.system());
    private volatile CountDownLatch handled = new CountDownLatch(0);
    private final JobEngine engine = JobEngine.builder(store)
            .handler(HandlerDefinition.of(TYPE, QUEUE, String.class, (payload, job) -> {
                handled.countDown();
                return null;
            }))
            .build();

    /** Starts the workers. */
    @Setup
    public void start() {
        engine.start();
    }

    /** Enqueues a thousand jobs in one call and waits until all have been handled. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void thousandJobs() throws InterruptedException {
        handled = new CountDownLatch(BATCH);
        List<JobRequest> requests = new ArrayList<>(BATCH);
        for (int i = 0; i < BATCH; i++) {
            requests.add(JobRequest.of(TYPE, "x")
                    .queue(QUEUE)
                    .retention(Duration.ZERO)
                    .build());
        }
        engine.jobQueue().enqueueAll(requests);
        handled.await();
    }

    /** Enqueues one job and waits for its result. */
    @Benchmark
    public String oneJobAndItsResult() {
        JobRequest request =
                JobRequest.of(TYPE, "x").queue(QUEUE).retention(Duration.ZERO).build();
        return String.valueOf(engine.jobQueue().enqueueAndWait(request, String.class, Duration.ofSeconds(10)));
    }

    /** Stops the workers. */
    @TearDown
    public void close() {
        engine.close();
        store.close();
    }
}
