package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.JobEvent;
import io.jobqueue.JobRequest;
import io.jobqueue.store.redis.RedisStore;
import io.jobqueue.testkit.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;

/** Listeners in several processes on one real Redis. */
class EventsOnRedisIT {

    private static final String QUEUE = "q";

    private RedisServer server;
    private RedisStore oneStore;
    private RedisStore otherStore;
    private JobEngine one;
    private JobEngine other;
    private final BlockingQueue<JobEvent> byOne = new LinkedBlockingQueue<>();
    private final BlockingQueue<JobEvent> byOther = new LinkedBlockingQueue<>();

    @BeforeEach
    void start() {
        server = RedisServer.start();
        oneStore = RedisStore.open(server.connection(), "jq");
        otherStore = RedisStore.open(server.connection(), "jq");
        one = engine(oneStore);
        other = engine(otherStore);
        one.jobQueue().listen(QUEUE, byOne::add);
        other.jobQueue().listen(QUEUE, byOther::add);
    }

    private static JobEngine engine(RedisStore store) {
        return JobEngine.builder(store)
                .handler(HandlerDefinition.of("type", QUEUE, String.class, (payload, job) -> null))
                .claimWait(Duration.ofSeconds(1))
                .build();
    }

    @AfterEach
    void close() {
        one.close();
        other.close();
        oneStore.close();
        otherStore.close();
        server.close();
    }

    @Test
    void processesHearEachOtherAndThemselvesOnce() throws InterruptedException {
        one.start();
        other.start();

        enqueue(one, 0, 50);
        enqueue(other, 50, 50);

        assertEveryEventOnceInOrder(byOne, 300);
        assertEveryEventOnceInOrder(byOther, 300);
    }

    @Test
    void everyEventArrivesOnceWhileSubscriptionsAreKilled() throws InterruptedException {
        one.start();

        try (Jedis redis = server.commands()) {
            for (int i = 0; i < 1_000; i += 10) {
                awaitHeard(3 * (i - 100)); // the log holds a bounded number of events
                enqueue(other, i, 10);
                redis.sendCommand(Protocol.Command.CLIENT, "KILL", "TYPE", "pubsub");
            }
        }

        assertEveryEventOnceInOrder(byOne, 3_000);
        assertEveryEventOnceInOrder(byOther, 3_000);
    }

    @Test
    void deafListenersHearByThePeriodicRead() throws InterruptedException {
        try (Jedis redis = server.commands()) {
            redis.aclSetUser("default", "-subscribe");
            redis.sendCommand(Protocol.Command.CLIENT, "KILL", "TYPE", "pubsub");
        }

        enqueue(one, 0, 10);

        assertEveryEventOnceInOrder(byOther, 10);
    }

    @Test
    void unwatchedQueueCostsOneCommandACall() {
        try (RedisServer alone = RedisServer.start();
                RedisStore store = RedisStore.open(alone.connection(), "jq");
                JobEngine quiet = engine(store);
                Jedis redis = alone.commands()) {
            redis.configResetStat();
            for (int i = 0; i < 10; i++) {
                quiet.jobQueue()
                        .enqueue(JobRequest.of("type", "x").queue("unwatched").build());
            }

            assertThat(redis.info("commandstats").lines())
                    .filteredOn(line -> line.startsWith("cmdstat_exists:"))
                    .singleElement()
                    .asString()
                    .startsWith("cmdstat_exists:calls=10,");
            assertThat(redis.keys("{jq:unwatched}:events")).isEmpty();
        }
    }

    private static void enqueue(JobEngine engine, int first, int count) {
        List<JobRequest> requests = IntStream.range(first, first + count)
                .mapToObj(i ->
                        JobRequest.of("type", "x").queue(QUEUE).id("job-" + i).build())
                .toList();
        engine.jobQueue().enqueueAll(requests);
    }

    private void awaitHeard(int count) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (byOne.size() < count || byOther.size() < count) {
            assertThat(System.nanoTime()).as("listeners keep up").isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
    }

    private static void assertEveryEventOnceInOrder(BlockingQueue<JobEvent> heard, int count)
            throws InterruptedException {
        List<Long> sequences = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            JobEvent event = heard.poll(30, TimeUnit.SECONDS);
            assertThat(event).as("event %s of %s", i + 1, count).isNotNull();
            sequences.add(event.sequence());
        }
        assertThat(sequences).isEqualTo(LongStream.rangeClosed(1, count).boxed().toList());
        assertThat(heard).isEmpty();
    }
}
