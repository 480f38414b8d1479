package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.Handler;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.store.redis.RedisStore;
import io.jobqueue.testkit.Patience;
import io.jobqueue.testkit.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Handlers with slots of their own, and handlers that are paused, with threads and on a real Redis. */
class HandlerIntakeIT {

    private static final String QUEUE = "mails";
    private static final int JOBS = 300;
    private static final Duration CLAIM_WAIT = Duration.ofSeconds(10);

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final CountDownLatch never = new CountDownLatch(1);
    private final CountDownLatch slowRan = new CountDownLatch(JOBS);
    private final CountDownLatch quickRan = new CountDownLatch(JOBS);
    private RedisServer server;

    @BeforeEach
    void start() {
        server = RedisServer.start();
    }

    @AfterEach
    void close() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
        server.close();
    }

    private JobEngine engine(int partitions, HandlerDefinition... handlers) {
        RedisStore store = RedisStore.open(server.connection(), "jq");
        opened.add(store);
        JobEngine.Builder builder = JobEngine.builder(store)
                .claimWait(CLAIM_WAIT)
                .queue(QUEUE, new QueueSettings(20, null, JobSettings.NONE).withPartitions(partitions));
        for (HandlerDefinition handler : handlers) {
            builder.handler(handler);
        }
        JobEngine engine = builder.build();
        opened.add(engine);
        return engine;
    }

    private static HandlerDefinition handler(String type, Handler<String, ?> handler) {
        return HandlerDefinition.of(type, QUEUE, String.class, handler);
    }

    private HandlerDefinition slow() {
        return handler("slow", (payload, job) -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    assertThat(never.await(1, TimeUnit.MILLISECONDS)).isFalse();
                    running.decrementAndGet();
                    slowRan.countDown();
                    return null;
                })
                .withConcurrency(2);
    }

    private HandlerDefinition quick() {
        return handler("quick", (payload, job) -> {
            quickRan.countDown();
            return null;
        });
    }

    private static void enqueue(JobQueue queue, String type) {
        queue.enqueueAll(IntStream.range(0, JOBS)
                .mapToObj(i -> JobRequest.of(type, "payload").queue(QUEUE).build())
                .toList());
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    }

    private void assertSlotsHold(int partitions) throws InterruptedException {
        JobEngine engine = engine(partitions, slow(), quick());
        enqueue(engine.jobQueue(), "slow");
        enqueue(engine.jobQueue(), "quick");

        engine.start();

        await(quickRan);
        await(slowRan);
        assertThat(most).hasValueLessThanOrEqualTo(2);
    }

    @Test
    void noMoreJobsOfATypeRunThanItHasSlots() throws InterruptedException {
        assertSlotsHold(1);
    }

    @Test
    void partitionsOfAQueueShareTheSlotsOfAType() throws InterruptedException {
        assertSlotsHold(4);
    }

    @Test
    void jobsOfAFullTypeLeaveTheSlotsToOthers() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        CountDownLatch held = new CountDownLatch(2);
        HandlerDefinition holding = handler("slow", (payload, job) -> {
                    held.countDown();
                    done.await();
                    slowRan.countDown();
                    return null;
                })
                .withConcurrency(2);
        JobEngine engine = engine(1, holding, quick());
        enqueue(engine.jobQueue(), "slow");
        engine.start();
        await(held);

        enqueue(engine.jobQueue(), "quick");

        await(quickRan);
        assertThat(slowRan.getCount()).isEqualTo(JOBS);
        Patience.until(
                "all but the two that hold are settled",
                Duration.ofSeconds(10),
                () -> engine.jobQueue().queue(QUEUE).counts().active() == 2);
        done.countDown();
        await(slowRan);
    }

    @Test
    void pausedHandlersJobsRunInAnotherProcess() throws InterruptedException {
        AtomicInteger here = new AtomicInteger();
        JobEngine paused = engine(1, handler("quick", (payload, job) -> here.incrementAndGet()), slow());
        JobEngine other = engine(1, quick());
        paused.pauseHandler("quick");
        paused.start();
        other.start();

        enqueue(paused.jobQueue(), "quick");

        await(quickRan);
        assertThat(here).hasValue(0);
    }

    @Test
    void resumedHandlerGoesOnAtOnce() throws InterruptedException {
        JobEngine engine = engine(1, quick().withAutoStartup(false));
        engine.start();
        enqueue(engine.jobQueue(), "quick");
        assertThat(quickRan.await(300, TimeUnit.MILLISECONDS)).isFalse();
        assertThat(engine.isHandlerPaused("quick")).isTrue();
        assertThat(engine.jobQueue().queue(QUEUE).counts().waiting()).isEqualTo(JOBS);

        long before = System.nanoTime();
        engine.resumeHandler("quick");

        await(quickRan);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(CLAIM_WAIT.dividedBy(2));
    }

    @Test
    void handlerStaysPausedOverAStopAndAStart() throws InterruptedException {
        JobEngine engine = engine(1, quick());
        engine.start();
        engine.pauseHandler("quick");
        engine.stop();
        enqueue(engine.jobQueue(), "quick");

        engine.start();

        assertThat(quickRan.await(300, TimeUnit.MILLISECONDS)).isFalse();
        engine.resumeHandler("quick");
        await(quickRan);
    }
}
