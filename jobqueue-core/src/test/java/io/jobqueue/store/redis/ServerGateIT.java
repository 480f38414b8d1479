package io.jobqueue.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.StoreUnavailableException;
import io.jobqueue.StoreUnavailableException.Outcome;
import io.jobqueue.UnsuitableStoreException;
import io.jobqueue.engine.HandlerDefinition;
import io.jobqueue.engine.JobEngine;
import io.jobqueue.store.Claim;
import io.jobqueue.store.NewJob;
import io.jobqueue.store.WorkerSession;
import io.jobqueue.testkit.Patience;
import io.jobqueue.testkit.RedisSentinels;
import io.jobqueue.testkit.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.params.ClientKillParams;
import redis.clients.jedis.params.SetParams;

/** What a store does when it first reaches servers that must not keep jobs. */
@Timeout(60)
class ServerGateIT {

    private static final String QUEUE = RedisStoreFixture.QUEUE;
    private static final Duration BOUND = Duration.ofSeconds(30);

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
                RedisStore store = accepting(server)) {
            RedisStoreFixture.enqueue(store, "a");

            assertThat(store.ledger().find(QUEUE, "a")).isPresent();
        }
    }

    @Test
    void serverThatEvictsOnlyWhatExpiresIsRefusedToo() {
        try (RedisServer server = RedisServer.start("--maxmemory-policy", "volatile-lru");
                RedisStore store = RedisStore.open(server.connection(), "jq")) {
            assertThatThrownBy(() -> RedisStoreFixture.enqueue(store, "a"))
                    .isInstanceOf(UnsuitableStoreException.class)
                    .hasMessageContaining("127.0.0.1:" + server.port())
                    .hasMessageContaining("volatile-lru");
        }
    }

    @Test
    void keysOfOthersThatExpireAreEvictedAndNoJobIs() {
        byte[] page = new byte[10_000];
        SetParams hourly = SetParams.setParams().ex(3600);
        int jobs = 200;
        try (RedisServer server = RedisServer.start("--maxmemory", "8mb", "--maxmemory-policy", "volatile-lru");
                RedisStore store = accepting(server);
                Jedis redis = server.commands()) {
            WorkerSession session = RedisStoreFixture.session("s");
            for (int i = 0; i < jobs; i++) {
                RedisStoreFixture.enqueue(store, "job-" + i);
                for (int other = 0; other < 10; other++) {
                    redis.set(("page-" + i + "-" + other).getBytes(UTF_8), page, hourly);
                }
            }
            List<Claim> claims = RedisStoreFixture.claim(store, session, jobs / 2);
            for (int other = 0; other < 2_000; other++) {
                redis.set(("late-page-" + other).getBytes(UTF_8), page, hourly);
            }

            assertThat(evicted(redis)).isGreaterThan(1_000);
            assertThat(claims)
                    .hasSize(jobs / 2)
                    .allSatisfy(claim -> assertThat(
                                    store.ledger().find(QUEUE, claim.token().jobId()))
                            .isPresent());
            assertThat(RedisStoreFixture.claim(store, session, jobs / 2))
                    .extracting(claim -> claim.token().jobId())
                    .containsExactlyElementsOf(IntStream.range(jobs / 2, jobs)
                            .mapToObj(number -> "job-" + number)
                            .toList());
            assertThat(store.ledger().counts(QUEUE).active()).isEqualTo(jobs);
        }
    }

    @Test
    void fullServerThatEvictsOnlyWhatExpiresRefusesJobsAndLosesNone() {
        try (RedisServer server = RedisServer.start("--maxmemory", "6mb", "--maxmemory-policy", "volatile-lru");
                RedisStore store = accepting(server)) {
            int stored = 0;
            StoreUnavailableException full = null;
            while (full == null) {
                try {
                    store.transitions().enqueue(QUEUE, tenJobs(stored));
                    stored += 10;
                } catch (StoreUnavailableException e) {
                    full = e;
                }
            }

            assertThat(full).hasMessageContaining("OOM").returns(Outcome.REFUSED, StoreUnavailableException::outcome);
            assertThat(store.ledger().counts(QUEUE).waiting()).isEqualTo(stored).isGreaterThan(100);
            try (Jedis redis = server.commands()) {
                assertThat(evicted(redis)).isZero();
            }
        }
    }

    private static List<NewJob> tenJobs(int from) {
        return IntStream.range(from, from + 10)
                .mapToObj(number -> RedisStoreFixture.job("job-" + number))
                .toList();
    }

    private static RedisStore accepting(RedisServer server) {
        return RedisStore.open(
                RedisConnection.builder().url(server.url()).acceptEviction(true).build(), "jq");
    }

    private static long evicted(Jedis redis) {
        return redis.info("stats")
                .lines()
                .filter(line -> line.startsWith("evicted_keys:"))
                .mapToLong(line ->
                        Long.parseLong(line.substring("evicted_keys:".length()).trim()))
                .sum();
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
    void warningsAreToldOnceAStore() {
        try (ToldByTheGate told = ToldByTheGate.listen();
                RedisServer server = RedisServer.start();
                RedisStore store = RedisStore.open(server.connection(), "jq")) {
            store.info();
            RedisStoreFixture.enqueue(store, "a");
            RedisStoreFixture.enqueue(store, "b");

            assertThat(told.warnings())
                    .filteredOn(line -> line.contains("no append-only file"))
                    .singleElement()
                    .asString()
                    .contains("127.0.0.1:" + server.port());
            assertThat(told.warnings()).doesNotHaveDuplicates();
        }
    }

    @Test
    void plainTextOverANetworkIsToldOnceAStoreAndNotWhenItConnectsAnew() {
        try (ToldByTheGate told = ToldByTheGate.listen();
                RedisServer server = RedisServer.start();
                RedisServer sentinel = RedisServer.startSentinelOf(server);
                RedisStore store = RedisStore.open(
                        RedisConnection.builder()
                                .sentinel("main", List.of("127.0.0.1:" + sentinel.port(), "198.51.100.7:26379"))
                                .build(),
                        "jq")) {
            RedisStoreFixture.enqueue(store, "a");
            server.kill();
            assertThatThrownBy(() -> RedisStoreFixture.enqueue(store, "b"))
                    .isInstanceOf(StoreUnavailableException.class);
            server.startAgain();
            RedisStoreFixture.enqueue(store, "b");

            assertThat(told.warnings())
                    .filteredOn(line -> line.contains("in plain text"))
                    .singleElement()
                    .asString()
                    .startsWith("redis at 198.51.100.7:26379: ");
        }
    }

    @Test
    void plainTextOnThisMachineIsNotWorthAWord() {
        try (ToldByTheGate told = ToldByTheGate.listen();
                RedisServer server = RedisServer.start();
                RedisStore named = RedisStore.open(RedisConnection.of("localhost:" + server.port()), "jq");
                RedisStore numbered = RedisStore.open(server.connection(), "jq")) {
            named.info();
            numbered.info();

            assertThat(told.warnings()).noneMatch(line -> line.contains("in plain text"));
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
    void serverThatComesBackWithOtherSettingsIsNamedOnceAndWorkGoesOn() {
        try (ToldByTheGate told = ToldByTheGate.listen();
                RedisServer server = RedisServer.start();
                RedisStore store = RedisStore.open(server.connection(), "jq");
                Jedis redis = server.commands()) {
            RedisStoreFixture.enqueue(store, "a");
            redis.configSet("maxmemory-policy", "allkeys-lru");
            for (int i = 0; i < 3; i++) {
                redis.clientKill(ClientKillParams.clientKillParams()
                        .type(ClientType.NORMAL)
                        .skipMe(ClientKillParams.SkipMe.YES));
                String id = "b" + i;
                Patience.until(id + " is stored", BOUND, () -> isStored(store, id));
            }

            assertThat(told.errors())
                    .singleElement()
                    .asString()
                    .startsWith("redis at 127.0.0.1:" + server.port() + ": its maxmemory-policy is allkeys-lru")
                    .contains("set maxmemory-policy noeviction there")
                    .endsWith("Work was going on when it was met, and goes on");
            assertThat(store.ledger().counts(QUEUE).waiting()).isEqualTo(4);
        }
    }

    @Test
    void serverThatIsPromotedIsJudgedToo() {
        try (ToldByTheGate told = ToldByTheGate.listen();
                RedisSentinels servers = RedisSentinels.start();
                RedisStore store = RedisStore.open(servers.connection(), "jq")) {
            RedisServer first = servers.master();
            RedisStoreFixture.enqueue(store, "a");
            for (RedisServer server : servers.servers()) {
                if (server != first) {
                    try (Jedis redis = server.commands()) {
                        redis.configSet("maxmemory-policy", "allkeys-lfu");
                    }
                }
            }
            assertThat(told.errors()).isEmpty();

            servers.failOver();
            RedisServer second = servers.awaitMasterOtherThan(first);
            Patience.until("a job is stored there", BOUND, () -> isStored(store, "b") && isOn(second, "b"));

            assertThat(told.errors())
                    .singleElement()
                    .asString()
                    .startsWith("redis at 127.0.0.1:" + second.port() + ": its maxmemory-policy is allkeys-lfu");
        }
    }

    private static boolean isStored(RedisStore store, String id) {
        try {
            RedisStoreFixture.enqueue(store, id);
            return true;
        } catch (StoreUnavailableException e) {
            return false;
        }
    }

    private static boolean isOn(RedisServer server, String id) {
        try (Jedis redis = server.commands()) {
            return redis.hexists(new RedisKeys("jq").jobs(QUEUE), id.getBytes(UTF_8));
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
