package io.jobqueue.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.StoreUnavailableException.Outcome;
import io.jobqueue.UnsuitableStoreException;
import io.jobqueue.engine.HandlerDefinition;
import io.jobqueue.engine.JobEngine;
import io.jobqueue.testkit.RedisServer;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Jedis;

/** What a store does when it first reaches servers that must not keep jobs. */
@Timeout(60)
class ServerGateIT {

    private static final String QUEUE = RedisStoreFixture.QUEUE;

    @Test
    void serverThatMayEvictJobsIsRefusedBeforeAnythingIsStoredAndTakenWhenItIsChanged() {
        try (RedisServer server = RedisServer.start("--maxmemory-policy", "allkeys-lru");
                RedisStore store = RedisStore.open(server.connection(), "jq")) {
            assertThatThrownBy(() -> RedisStoreFixture.enqueue(store, "a"))
                    .isInstanceOf(UnsuitableStoreException.class)
                    .hasMessageContaining("127.0.0.1:" + server.port())
                    .hasMessageContaining("allkeys-lru");
            assertThatThrownBy(store::info).isInstanceOf(UnsuitableStoreException.class);
            try (Jedis redis = server.commands()) {
                assertThat(redis.keys("*")).isEmpty();
                redis.configSet("maxmemory-policy", "noeviction");
            }

            RedisStoreFixture.enqueue(store, "a");

            assertThat(store.ledger().find(QUEUE, "a")).isPresent();
        }
    }

    @Test
    void engineDoesNotStartOnAServerThatMayEvictJobs() {
        try (RedisServer server = RedisServer.start("--maxmemory-policy", "allkeys-random");
                RedisStore store = RedisStore.open(server.connection(), "jq");
                JobEngine engine = JobEngine.builder(store)
                        .handler(HandlerDefinition.of("mail", QUEUE, String.class, (payload, job) -> null))
                        .build()) {
            assertThatThrownBy(engine::start)
                    .isInstanceOf(UnsuitableStoreException.class)
                    .hasMessageContaining("allkeys-random");
            assertThat(engine.isRunning()).isFalse();
        }
    }

    @Test
    void evictionCanBeAccepted() {
        try (RedisServer server = RedisServer.start("--maxmemory-policy", "allkeys-lru");
                RedisStore store = RedisStore.open(
                        RedisConnection.builder()
                                .url(server.url())
                                .acceptEviction(true)
                                .build(),
                        "jq")) {
            RedisStoreFixture.enqueue(store, "a");

            assertThat(store.ledger().find(QUEUE, "a")).isPresent();
        }
    }

    @Test
    void serverThatEvictsOnlyWhatExpiresRefusesJobsWhenItIsFullAndLosesNone() {
        try (RedisServer server = RedisServer.start("--maxmemory", "6mb", "--maxmemory-policy", "volatile-lru");
                RedisStore store = RedisStore.open(server.connection(), "jq")) {
            int stored = 0;
            StoreUnavailableException full = null;
            while (full == null) {
                try {
                    RedisStoreFixture.enqueue(store, "job-" + stored);
                    stored++;
                } catch (StoreUnavailableException e) {
                    full = e;
                }
            }

            assertThat(full).hasMessageContaining("OOM").returns(Outcome.REFUSED, StoreUnavailableException::outcome);
            assertThat(store.ledger().counts(QUEUE).waiting()).isEqualTo(stored).isGreaterThan(100);
            try (Jedis redis = server.commands()) {
                assertThat(redis.info("stats")).contains("evicted_keys:0");
            }
        }
    }

    @Test
    void noKeyOfAQueueHasAnExpiry() {
        try (RedisServer server = RedisServer.start();
                RedisStore store = RedisStore.open(server.connection(), "jq")) {
            store.events().watch(QUEUE, RedisStoreFixture.HOUR);
            store.leaderLock().acquire(QUEUE, "leader", RedisStoreFixture.HOUR);
            RedisStoreFixture.enqueue(store, "a");
            RedisStoreFixture.claim(store, RedisStoreFixture.session("s"), 1);

            try (Jedis redis = server.commands()) {
                Set<String> keys = redis.keys("*");
                assertThat(keys)
                        .hasSizeGreaterThan(5)
                        .allSatisfy(key -> assertThat(redis.ttl(key)).isEqualTo(-1));
            }
        }
    }

    @Test
    void missingPersistenceIsToldOnceAStore() {
        Logger logger = (Logger) LoggerFactory.getLogger(ServerGate.class);
        ListAppender<ILoggingEvent> told = new ListAppender<>();
        told.start();
        Level usual = logger.getLevel();
        logger.setLevel(Level.WARN);
        logger.addAppender(told);
        try (RedisServer server = RedisServer.start();
                RedisStore store = RedisStore.open(server.connection(), "jq")) {
            store.info();
            RedisStoreFixture.enqueue(store, "a");
            RedisStoreFixture.enqueue(store, "b");

            assertThat(told.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .singleElement()
                    .asString()
                    .contains("127.0.0.1:" + server.port(), "no append-only file");
        } finally {
            logger.detachAppender(told);
            logger.setLevel(usual);
        }
    }

    @Test
    void serverThatIsAwayAtFirstIsJudgedWhenItComesUp() {
        try (RedisServer server = RedisServer.start("--maxmemory-policy", "allkeys-lru");
                RedisStore store = RedisStore.open(server.connection(), "jq")) {
            server.kill();
            assertThatThrownBy(() -> RedisStoreFixture.enqueue(store, "a"))
                    .isInstanceOf(StoreUnavailableException.class)
                    .extracting(failure -> ((StoreUnavailableException) failure).outcome())
                    .isEqualTo(Outcome.REFUSED);

            server.startAgain();

            assertThatThrownBy(() -> RedisStoreFixture.enqueue(store, "a"))
                    .isInstanceOf(UnsuitableStoreException.class);
        }
    }

    @Test
    void serverThatForbidsTheQuestionIsUsedAllTheSame() {
        List<String> options = List.of("--rename-command", "INFO", "");
        try (RedisServer server = RedisServer.start(options.toArray(String[]::new));
                RedisStore store = RedisStore.open(server.connection(), "jq")) {
            RedisStoreFixture.enqueue(store, "a");

            assertThat(store.ledger().find(QUEUE, "a")).isPresent();
            assertThat(store.info().version()).isEqualTo("Redis unknown");
            assertThat(store.info().durability()).startsWith("unknown");
        }
    }
}
