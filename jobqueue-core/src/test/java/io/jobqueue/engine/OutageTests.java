package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.Handler;
import io.jobqueue.JobId;
import io.jobqueue.JobRequest;
import io.jobqueue.JobSnapshot;
import io.jobqueue.JobState;
import io.jobqueue.store.JobStore;
import io.jobqueue.store.memory.MemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The engine with real threads on a store that comes and goes. */
class OutageTests {

    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final String QUEUE = "outage-tests";
    private static final int JOBS = 5_000;
    private static final QueueSettings SETTINGS = new QueueSettings(20, Duration.ofSeconds(10), JobSettings.NONE);

    private final MemoryStore memory = new MemoryStore();
    private final FlakyStore store = new FlakyStore(memory);
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final List<JobEngine> engines = new ArrayList<>();

    @AfterEach
    void close() {
        release.countDown();
        store.heal();
        engines.forEach(JobEngine::close);
        store.close();
    }

    private JobEngine engine(JobStore on, QueueSettings settings, Handler<String, ?> handler) {
        JobEngine engine = JobEngine.builder(on)
                .queue(QUEUE, settings)
                .handler(HandlerDefinition.of("type", QUEUE, String.class, handler))
                .claimWait(Duration.ofMillis(100))
                .shutdownTimeout(Duration.ofMillis(100))
                .build();
        engines.add(engine);
        return engine;
    }

    private static void eventually(BooleanSupplier reached) {
        assertThat(new Patience(System::nanoTime).await(BOUND, reached)).isTrue();
    }

    /** Waits until the worker has called the store again, or has nothing left to say. */
    private void untilItNotices() {
        store.forgetCalls();
        eventually(() -> store.calls("exchange") + store.calls("reconcile") >= 2
                || memory.ledger().counts(QUEUE).completed() == JOBS);
    }

    private JobSnapshot find(String id) {
        return engines.get(0).jobQueue().find(JobId.of(QUEUE, id)).orElseThrow();
    }

    @Test
    void engineStartsWhileTheStoreIsAwayAndGoesOnByItself() {
        JobEngine engine = engine(store, SETTINGS, (payload, job) -> payload);
        store.refuse();
        try (LogLines log = new LogLines()) {
            engine.start();
            eventually(() -> store.calls("exchange") + store.calls("reconcile") >= 3);
            assertThat(engine.workers().get(0).consuming()).isTrue();

            store.heal();

            assertThat(engine.jobQueue()
                            .enqueueAndWait(JobRequest.of("type", "a").build(), String.class, BOUND))
                    .isEqualTo("a");
            eventually(() -> log.messages().size() == 2);
            assertThat(log.messages().get(0)).contains("the store is away");
            assertThat(log.messages().get(1)).startsWith("All is well again");
        }
    }

    @Test
    void jobsGoOnThroughOutagesAndLostRepliesWithoutACharge() {
        JobEngine engine = engine(store, SETTINGS, (payload, job) -> payload);
        List<JobRequest> requests = new ArrayList<>();
        for (int i = 0; i < JOBS; i++) {
            requests.add(JobRequest.of("type", "a").id("job-" + i).build());
        }
        engine.jobQueue().enqueueAll(requests);
        try (LogLines log = new LogLines()) {
            engine.start();
            for (int i = 0; i < 3; i++) {
                store.dropReplies();
                untilItNotices();
                store.refuse();
                untilItNotices();
                store.heal();
                untilItNotices();
            }

            eventually(() -> engine.jobQueue().counts(QUEUE).completed() == JOBS);
            assertThat(log.messages()).hasSizeLessThanOrEqualTo(5);
        }
        for (int i = 0; i < JOBS; i++) {
            assertThat(find("job-" + i)).returns(1, JobSnapshot::attempts).returns(0, JobSnapshot::crashes);
        }
    }

    @Test
    void cutOffWorkersJobRunsElsewhereAndItsOwnRunIsInterrupted() throws InterruptedException {
        Duration lease = Duration.ofMillis(1500);
        QueueSettings brief = new QueueSettings(1, lease, JobSettings.NONE);
        JobEngine cutOff = engine(store, brief, (payload, job) -> {
            running.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return "stale";
        });
        cutOff.start();
        cutOff.jobQueue().enqueue(JobRequest.of("type", "a").id("a").build());
        assertThat(running.await(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
        JobEngine other = engine(memory, brief, (payload, job) -> "fresh");
        other.start();

        store.refuse();
        long since = System.nanoTime();

        eventually(() -> memory.ledger().find(QUEUE, "a").orElseThrow().state() == JobState.COMPLETED);
        assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(lease.plusSeconds(6));
        assertThat(interrupted.await(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
        store.heal();
        assertThat(find("a").result(String.class)).contains("fresh");
        assertThat(find("a")).returns(1, JobSnapshot::attempts).returns(1, JobSnapshot::crashes);
    }

    @Test
    void longJobOutlivesManyLeases() throws InterruptedException {
        Duration lease = Duration.ofMillis(500);
        JobEngine engine = engine(store, new QueueSettings(1, lease, JobSettings.NONE), (payload, job) -> {
            running.countDown();
            release.await();
            return "done";
        });
        engine.start();
        engine.jobQueue().enqueue(JobRequest.of("type", "a").id("a").build());
        assertThat(running.await(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();

        eventually(() -> store.calls("renew") >= 10);
        release.countDown();

        eventually(() -> find("a").state() == JobState.COMPLETED);
        assertThat(find("a")).returns(1, JobSnapshot::attempts).returns(0, JobSnapshot::crashes);
    }

    @Test
    void stopDuringAnOutageReturns() throws InterruptedException {
        JobEngine engine = engine(store, SETTINGS, (payload, job) -> {
            running.countDown();
            release.await();
            return null;
        });
        engine.start();
        engine.jobQueue().enqueue(JobRequest.of("type", "a").id("a").build());
        assertThat(running.await(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
        store.refuse();

        try (LogLines log = new LogLines()) {
            long since = System.nanoTime();
            engine.stop();

            assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(BOUND);
            assertThat(log.messages()).anyMatch(line -> line.contains("run again when their leases end"));
        }
        assertThat(memory.ledger().find(QUEUE, "a").orElseThrow().state()).isEqualTo(JobState.ACTIVE);
    }
}
