package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.Handler;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.store.redis.RedisConnection;
import io.jobqueue.store.redis.RedisStore;
import io.jobqueue.testkit.RedisServer;
import io.jobqueue.testkit.TcpProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** Whole engines on a real Redis, whole jobs, real faults. */
class EngineOnRedisIT {

    private static final String QUEUE = "mails";
    private static final String TYPE = "mail";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LEASE = Duration.ofSeconds(4);

    private final List<AutoCloseable> opened = new ArrayList<>();
    private RedisServer server;

    @BeforeEach
    void start() {
        server = RedisServer.startDurable();
    }

    @AfterEach
    void close() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
        server.close();
    }

    @Test
    void workGoesOnWhileScriptsAreForgotten() throws InterruptedException {
        int jobs = 3_000;
        Map<String, AtomicInteger> runs = new ConcurrentHashMap<>();
        CountDownLatch done = new CountDownLatch(jobs);
        JobEngine engine = engine(counting(runs, done, new AtomicInteger()), server.connection());
        engine.start();

        try (Jedis redis = server.commands()) {
            for (int i = 0; i < jobs; i += 100) {
                redis.scriptFlush();
                enqueue(engine.jobQueue(), i, 100);
            }
        }

        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(runs).hasSize(jobs);
    }

    @Test
    void workGoesOnByItselfAfterAKilledServerIsBack() throws InterruptedException {
        int jobs = 2_000;
        Map<String, AtomicInteger> runs = new ConcurrentHashMap<>();
        CountDownLatch done = new CountDownLatch(jobs);
        CountDownLatch half = new CountDownLatch(jobs / 2);
        JobEngine engine = engine(
                (payload, context) -> {
                    half.countDown();
                    return counting(runs, done, new AtomicInteger()).handle(payload, context);
                },
                server.connection());
        enqueue(engine.jobQueue(), 0, jobs);
        engine.start();
        assertThat(half.await(30, TimeUnit.SECONDS)).isTrue();

        server.kill();
        server.startAgain();

        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(runs).hasSize(jobs);
        awaitCounts(engine.jobQueue(), jobs);
    }

    @Test
    void lostAnswersLoseNoJobAndLeaveNoneBehind() throws InterruptedException {
        int jobs = 500;
        Map<String, AtomicInteger> runs = new ConcurrentHashMap<>();
        CountDownLatch done = new CountDownLatch(jobs);
        try (TcpProxy line = TcpProxy.to(server.port())) {
            JobEngine producer = engine((payload, context) -> null, server.connection());
            JobEngine engine =
                    engine(counting(runs, done, new AtomicInteger()), RedisConnection.of("127.0.0.1:" + line.port()));
            engine.start();
            for (int i = 0; i < jobs; i += 50) {
                line.loseAnswers();
                enqueue(producer.jobQueue(), i, 50);
                line.heal();
            }

            assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
            awaitCounts(producer.jobQueue(), jobs);
        }
        assertThat(runs).hasSize(jobs);
    }

    @Test
    void outageLongerThanTheLeaseInterruptsWhatRunsEvenWithAnOutcomeUntold() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(2);
        CountDownLatch serverIsGone = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        JobEngine engine = engine(
                (payload, context) -> {
                    started.countDown();
                    serverIsGone.await();
                    if (payload.equals("long") && interrupted.getCount() > 0) {
                        try {
                            new CountDownLatch(1).await();
                        } catch (InterruptedException e) {
                            assertThat(context.isCancelled()).isTrue();
                            interrupted.countDown();
                        }
                    }
                    return null;
                },
                server.connection());
        engine.start();
        engine.jobQueue().enqueue(request("short").build());
        engine.jobQueue().enqueue(request("long").build());
        assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
        long begun = System.nanoTime();

        server.kill();
        serverIsGone.countDown();

        assertThat(interrupted.await(LEASE.toMillis() + 3_000, TimeUnit.MILLISECONDS))
                .isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(LEASE.dividedBy(2));
        server.startAgain();
        awaitCounts(engine.jobQueue(), 2);
    }

    @Test
    void idleWorkerAsksTheServerAlmostNothing() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        JobEngine engine = engine(
                (payload, context) -> {
                    done.countDown();
                    return null;
                },
                server.connection());
        engine.start();
        engine.jobQueue().enqueue(request("x").build());
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        awaitCounts(engine.jobQueue(), 1);

        long before = scriptCalls();
        assertThat(new CountDownLatch(1).await(3, TimeUnit.SECONDS)).isFalse();

        assertThat(scriptCalls() - before).isLessThanOrEqualTo(12);
    }

    private long scriptCalls() {
        try (Jedis redis = server.commands()) {
            return redis.info("commandstats")
                    .lines()
                    .filter(line -> line.startsWith("cmdstat_evalsha:") || line.startsWith("cmdstat_blpop:"))
                    .mapToLong(line -> Long.parseLong(line.substring(line.indexOf("calls=") + 6, line.indexOf(','))))
                    .sum();
        }
    }

    private static Handler<String, String> counting(
            Map<String, AtomicInteger> runs, CountDownLatch done, AtomicInteger all) {
        return (payload, context) -> {
            all.incrementAndGet();
            if (runs.computeIfAbsent(context.id().value(), id -> new AtomicInteger())
                            .incrementAndGet()
                    == 1) {
                done.countDown();
            }
            return null;
        };
    }

    private JobEngine engine(Handler<String, String> handler, RedisConnection connection) {
        RedisStore store = RedisStore.open(connection, "jq");
        opened.add(store);
        JobEngine engine = JobEngine.builder(store)
                .handler(HandlerDefinition.of(TYPE, QUEUE, String.class, handler))
                .defaults(new QueueSettings(null, LEASE, JobSettings.NONE))
                .shutdownTimeout(Duration.ofSeconds(1))
                .build();
        opened.add(engine);
        return engine;
    }

    private static void enqueue(JobQueue queue, int from, int count) {
        List<JobRequest> requests = IntStream.range(from, from + count)
                .mapToObj(number -> request("x").id("job-" + number).build())
                .toList();
        for (int tries = 0; ; tries++) {
            try {
                queue.enqueueAll(requests);
                return;
            } catch (StoreUnavailableException e) {
                assertThat(tries).isLessThan(20);
            }
        }
    }

    private static JobRequest.Builder request(String payload) {
        return JobRequest.of(TYPE, payload).queue(QUEUE);
    }

    private static void awaitCounts(JobQueue queue, int completed) {
        await(() -> {
            try {
                return queue.counts(QUEUE).completed() == completed;
            } catch (StoreUnavailableException e) {
                return false;
            }
        });
    }

    private static void await(java.util.function.BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }
}
