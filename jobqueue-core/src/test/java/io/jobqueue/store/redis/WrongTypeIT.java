package io.jobqueue.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.jobqueue.DamagedStoreException;
import io.jobqueue.Dedup;
import io.jobqueue.JobRequest;
import io.jobqueue.JobRequest.IfFailed;
import io.jobqueue.JobState;
import io.jobqueue.Placement;
import io.jobqueue.QueueCounts;
import io.jobqueue.engine.HandlerDefinition;
import io.jobqueue.engine.JobEngine;
import io.jobqueue.store.JobOptions;
import io.jobqueue.store.JobSpec;
import io.jobqueue.store.NewJob;
import io.jobqueue.testkit.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Jedis;

/** Another program writes a value of another type over a key of a queue. */
class WrongTypeIT {

    private static final String HIT = "hit";
    private static final String OTHER = "other";

    private static RedisServer server;

    private final ListAppender<ILoggingEvent> warnings = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.jobqueue");
    private RedisStore store;
    private JobEngine engine;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void open() {
        store = RedisStore.open(server.connection(), "jq");
        engine = JobEngine.builder(store)
                .handler(HandlerDefinition.of("of-hit", HIT, String.class, (payload, job) -> null))
                .handler(HandlerDefinition.of("of-other", OTHER, String.class, (payload, job) -> null))
                .claimWait(Duration.ofMillis(100))
                .build();
        logger.setLevel(Level.WARN);
        logger.setAdditive(false);
        warnings.start();
        logger.addAppender(warnings);
    }

    @AfterEach
    void close() {
        engine.close();
        store.close();
        logger.detachAppender(warnings);
        logger.setAdditive(true);
        logger.setLevel(null);
        try (Jedis redis = server.commands()) {
            redis.flushAll();
        }
    }

    static Stream<String> names() {
        return IntStream.range(0, new RedisKeys("jq").ofQueue(HIT).size()).mapToObj(RedisKeys::name);
    }

    private static void overwrite(String name) {
        try (Jedis redis = server.commands()) {
            String key = "{jq:hit}:" + name;
            redis.del(key);
            if (KeyTypes.of(name).equals("string")) {
                redis.lpush(key, "x");
            } else {
                redis.set(key, "x");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void otherQueuesGoOnAndTheLogStaysCalmAndTheQueueComesBack(String name) {
        overwrite(name);

        engine.start();
        for (int i = 0; i < 3; i++) {
            engine.jobQueue()
                    .enqueue(JobRequest.of("of-other", "x").queue(OTHER).build());
        }
        eventually(() -> engine.jobQueue().counts(OTHER).completed() == 3);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300));

        assertThat(warnings.list).hasSizeLessThanOrEqualTo(3);
        try (Jedis redis = server.commands()) {
            redis.del("{jq:hit}:" + name);
        }
        engine.jobQueue().enqueue(JobRequest.of("of-hit", "x").queue(HIT).build());
        eventually(() -> engine.jobQueue().counts(HIT).completed() == 1);
    }

    @ParameterizedTest
    @MethodSource("names")
    void messageNamesTheKeyBothTypesAndTheRemedy(String name) {
        overwrite(name);
        ScriptRunner runner = TestRunner.of(new RedisLines(server.connection(), null));

        assertThatThrownBy(() -> runner.onQueue(
                        HIT,
                        () -> runner.call(redis -> KeyTypes.of(name).equals("hash")
                                ? redis.zcard("{jq:hit}:" + name)
                                : redis.hlen("{jq:hit}:" + name))))
                .isInstanceOf(DamagedStoreException.class)
                .hasMessageContaining("queue 'hit'")
                .hasMessageContaining("{jq:hit}:" + name)
                .hasMessageContaining(KeyTypes.of(name))
                .hasMessageContaining("renamed or deleted");
    }

    @Test
    void callsOnTheQueueSayWhichKey() {
        overwrite("jobs");

        assertThatThrownBy(() -> engine.jobQueue()
                        .enqueue(JobRequest.of("of-hit", "x").queue(HIT).build()))
                .isInstanceOf(DamagedStoreException.class)
                .hasMessageContaining("{jq:hit}:jobs");
    }

    @Test
    void claimTakesNothingOutOfTheLineThatItCannotClaim() {
        for (String name : List.of("jobs", "claims", "marks", "fences")) {
            try (Jedis redis = server.commands()) {
                redis.flushAll();
            }
            RedisStoreFixture.enqueue(store, "a");
            try (Jedis redis = server.commands()) {
                redis.del("{jq:mails}:" + name);
                if (KeyTypes.of(name).equals("string")) {
                    redis.lpush("{jq:mails}:" + name, "x");
                } else {
                    redis.set("{jq:mails}:" + name, "x");
                }

                assertThatThrownBy(() -> RedisStoreFixture.claim(store, RedisStoreFixture.session("s"), 1))
                        .as(name)
                        .isInstanceOf(DamagedStoreException.class);
                assertThat(redis.llen("{jq:mails}:waiting")).as(name).isEqualTo(1);
            }
        }
    }

    @Test
    void jobsStoredBeforeOneThatCannotBeHaveTheirPlace() {
        try (Jedis redis = server.commands()) {
            redis.set("{jq:mails}:dedup", "x");
        }
        Duration hour = RedisStoreFixture.HOUR;
        NewJob later = job("later", hour, null);
        NewJob keyed = job("keyed", Duration.ZERO, Dedup.untilTerminal("k"));

        assertThatThrownBy(() ->
                        store.transitions().enqueue("mails", List.of(later, job("now", Duration.ZERO, null), keyed)))
                .isInstanceOf(DamagedStoreException.class)
                .hasMessageContaining("{jq:mails}:dedup");

        assertThat(store.ledger().states("mails", List.of("later", "now", "keyed")))
                .containsExactly(Optional.of(JobState.SCHEDULED), Optional.of(JobState.WAITING), Optional.empty());
        assertThat(store.ledger().counts("mails"))
                .returns(1L, QueueCounts::scheduled)
                .returns(1L, QueueCounts::waiting);
    }

    private static NewJob job(String id, Duration delay, @Nullable Dedup dedup) {
        JobSpec spec = new JobSpec("mail", new byte[0], 0, JobOptions.NONE);
        return new NewJob(id, spec, IfFailed.KEEP, delay, null, Placement.END, dedup, null);
    }

    @Test
    void everyKeyHasTheTypeThatIsStated() {
        try (Jedis redis = server.commands()) {
            engine.start();
            engine.jobQueue().enqueue(JobRequest.of("of-hit", "x").queue(HIT).build());
            eventually(() -> engine.jobQueue().counts(HIT).completed() == 1);
            assertThat(redis.keys("{jq:hit}:*"))
                    .isNotEmpty()
                    .allSatisfy(key ->
                            assertThat(redis.type(key)).isEqualTo(KeyTypes.of(key.substring("{jq:hit}:".length()))));
        }
    }

    @Test
    void registryOfAWrongTypeIsNamed() {
        try (Jedis redis = server.commands()) {
            redis.set("jq:queues", "x");
        }

        assertThatThrownBy(() -> store.ledger().queues())
                .isInstanceOf(DamagedStoreException.class)
                .hasMessageContaining("jq:queues");
    }

    private static void eventually(BooleanSupplier reached) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!reached.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }
}
