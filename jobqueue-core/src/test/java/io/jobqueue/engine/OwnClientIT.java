package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.InvalidJobException;
import io.jobqueue.JobRequest;
import io.jobqueue.JobSnapshot;
import io.jobqueue.JobState;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.UnsuitableStoreException;
import io.jobqueue.store.redis.RedisConnection;
import io.jobqueue.store.redis.RedisStore;
import io.jobqueue.testkit.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;

/** A store that makes the application's calls with the application's own client. */
class OwnClientIT {

    private static final String OURS = "jobqueue-of-test";
    private static final String THEIRS = "application-of-test";
    private static final Duration LEASE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final RedisServer server = RedisServer.start();
    private final RedisClient client = client();
    private final RedisStore store = RedisStore.open(
            client, RedisConnection.builder().url(server.url()).clientName(OURS).build(), "jq");

    @AfterEach
    void close() {
        store.close();
        client.close();
        server.close();
    }

    private RedisClient client() {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(2);
        pool.setMaxWait(Duration.ofMillis(100));
        return RedisClient.builder()
                .hostAndPort(new HostAndPort("127.0.0.1", server.port()))
                .clientConfig(
                        DefaultJedisClientConfig.builder().clientName(THEIRS).build())
                .poolConfig(pool)
                .build();
    }

    private long connectionsNamed(String name) {
        try (Jedis redis = server.commands()) {
            return redis.clientList()
                    .lines()
                    .filter(line -> line.contains("name=" + name))
                    .count();
        }
    }

    private double leaseEnd() {
        try (Jedis redis = server.commands()) {
            return redis.zrangeWithScores("{jq:mails}:sessions", 0, 0).get(0).getScore();
        }
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private static JobRequest mail() {
        return JobRequest.of("mail", "text").queue("mails").build();
    }

    @Test
    void clientStaysOpenAndAllElseIsClosed() throws InterruptedException {
        try (JobEngine engine = JobEngine.builder(store)
                .handler(HandlerDefinition.of("mail", "mails", String.class, (payload, job) -> payload))
                .build()) {
            engine.start();
            assertThat(engine.jobQueue().enqueueAndWait(mail(), String.class, PATIENCE))
                    .isEqualTo("text");
            assertThat(connectionsNamed(OURS)).isPositive();
            assertThat(connectionsNamed(THEIRS)).isPositive();
        }

        store.close();
        store.close();

        assertThat(client.ping()).isEqualTo("PONG");
        await(() -> connectionsNamed(OURS) == 0);
        await(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.isAlive() && thread.getName().startsWith("jobqueue-redis")));
    }

    @Test
    void clientOfAnotherDatabaseOrServerIsRefused() {
        assertThat(store.info().version()).isNotBlank();
        try (RedisServer other = RedisServer.start();
                RedisStore elsewhere = RedisStore.open(client, other.connection(), "jq");
                RedisStore apart = RedisStore.open(client, RedisConnection.of(server.url() + "/3"), "jq")) {
            assertThatThrownBy(elsewhere::info)
                    .isInstanceOf(UnsuitableStoreException.class)
                    .hasMessageContaining("is connected to another server; give the client and the store the same");
            assertThatThrownBy(apart::info)
                    .isInstanceOf(UnsuitableStoreException.class)
                    .hasMessageContaining("is connected to another database");
        }
    }

    @Test
    void clientOfOneServerDoesNotFitACluster() {
        RedisConnection cluster =
                RedisConnection.builder().cluster(List.of("127.0.0.1:1")).build();

        assertThatThrownBy(() -> RedisStore.open(client, cluster, "jq"))
                .isInstanceOf(InvalidJobException.class)
                .hasMessageContaining("redis client RedisClient: does not fit cluster 127.0.0.1:1");
    }

    @Test
    void customizerIsAskedForPoolsAndWaitingConnections() {
        try (RedisStore customized = RedisStore.open(
                        RedisConnection.builder()
                                .url("redis://nowhere.invalid:1")
                                .customize(config -> config.clientName("customized-of-test")
                                        .hostAndPortMapper(any -> new HostAndPort("127.0.0.1", server.port())))
                                .build(),
                        "jq");
                JobEngine engine = JobEngine.builder(customized)
                        .handler(HandlerDefinition.of("mail", "mails", String.class, (payload, job) -> payload))
                        .build()) {
            engine.start();

            assertThat(engine.jobQueue().enqueueAndWait(mail(), String.class, PATIENCE))
                    .isEqualTo("text");
            assertThat(connectionsNamed("customized-of-test")).isGreaterThan(2);
        }
    }

    @Test
    void exhaustedPoolOfTheApplicationHoldsUpNoWorker() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        List<Connection> taken = new ArrayList<>();
        try (JobEngine engine = JobEngine.builder(store)
                .handler(HandlerDefinition.of("mail", "mails", String.class, (payload, job) -> {
                    started.countDown();
                    return release.await(1, TimeUnit.MINUTES);
                }))
                .defaults(new QueueSettings(null, LEASE, JobSettings.NONE))
                .build()) {
            engine.start();
            var job = engine.jobQueue().enqueue(mail());
            assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();

            taken.add(client.getPool().getResource());
            taken.add(client.getPool().getResource());
            assertThatThrownBy(() -> engine.jobQueue().enqueue(mail())).isInstanceOf(StoreUnavailableException.class);
            double first = leaseEnd();
            await(() -> leaseEnd() > first + 2 * LEASE.toMillis());
            release.countDown();
            taken.forEach(Connection::close);
            taken.clear();

            await(() -> engine.jobQueue().find(job.id()).orElseThrow().state() == JobState.COMPLETED);
            assertThat(engine.jobQueue().find(job.id()).orElseThrow())
                    .returns(0, JobSnapshot::crashes)
                    .returns(1, JobSnapshot::attempts);
        } finally {
            taken.forEach(Connection::close);
        }
    }
}
