package io.jobqueue.testkit;

import io.jobqueue.store.redis.RedisConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/** A master, two replicas and three Sentinels on loopback, which replace the master a second after it is silent. */
public final class RedisSentinels implements AutoCloseable {

    /** What the Sentinels call the master. */
    public static final String MASTER = "jobs";

    private final List<RedisServer> servers = new ArrayList<>();
    private final List<RedisServer> sentinels = new ArrayList<>();

    private RedisSentinels() {}

    /** Starts all; returns when the replicas are in sync and the Sentinels know each other. */
    public static RedisSentinels start() {
        RedisSentinels trio = new RedisSentinels();
        try {
            trio.startServers();
            trio.startSentinels();
            trio.awaitHealth();
            return trio;
        } catch (RuntimeException | Error e) {
            trio.close();
            throw e;
        }
    }

    private void startServers() {
        RedisServer master = RedisServer.start(options());
        servers.add(master);
        for (int i = 0; i < 2; i++) {
            servers.add(RedisServer.start(options("--replicaof", "127.0.0.1 " + master.port())));
        }
    }

    private static String[] options(String... more) {
        return Stream.concat(
                        Stream.of("--save", "", "--appendonly", "no", "--repl-diskless-sync-delay", "0"),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    private void startSentinels() {
        for (int i = 0; i < 3; i++) {
            sentinels.add(RedisServer.startSentinel(List.of(
                    "sentinel monitor " + MASTER + " 127.0.0.1 "
                            + servers.get(0).port() + " 2",
                    "sentinel down-after-milliseconds " + MASTER + " 1000",
                    "sentinel failover-timeout " + MASTER + " 10000")));
        }
    }

    /** Returns a connection by way of the Sentinels. */
    public RedisConnection connection() {
        return RedisConnection.builder()
                .sentinel(
                        MASTER,
                        sentinels.stream()
                                .map(sentinel -> "127.0.0.1:" + sentinel.port())
                                .toList())
                .customize(TestedProtocol::choose)
                .build();
    }

    /** Returns where the Sentinels listen, for a client of the test's own. */
    public List<HostAndPort> sentinels() {
        return sentinels.stream()
                .map(sentinel -> new HostAndPort("127.0.0.1", sentinel.port()))
                .toList();
    }

    /** Returns the server that says it is the master; there is exactly one unless a fail-over is under way. */
    public RedisServer master() {
        return servers.stream()
                .filter(RedisSentinels::isMaster)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no server says that it is the master"));
    }

    /** Returns the servers, the dead ones among them. */
    public List<RedisServer> servers() {
        return List.copyOf(servers);
    }

    private static boolean isMaster(RedisServer server) {
        try (Jedis redis = server.commands()) {
            return "master".equals(redis.role().get(0));
        } catch (JedisException e) {
            return false;
        }
    }

    /** Lets the Sentinels replace the master while it lives; returns when they have. */
    public void failOver() {
        RedisServer before = master();
        try (Jedis sentinel = sentinels.get(0).commands()) {
            sentinel.sentinelFailover(MASTER);
        }
        awaitMasterOtherThan(before);
        awaitHealth();
    }

    /** Returns when another server has become the master. */
    public RedisServer awaitMasterOtherThan(RedisServer former) {
        Patience.until(
                "another server is the master",
                Duration.ofSeconds(30),
                () -> servers.stream().anyMatch(server -> server != former && isMaster(server)));
        return servers.stream()
                .filter(server -> server != former && isMaster(server))
                .findFirst()
                .orElseThrow();
    }

    /** Returns when every server that lives is the master or in sync with it, and every Sentinel knows all. */
    public void awaitHealth() {
        Patience.until("the replicas are in sync", Duration.ofSeconds(30), this::isInSync);
        Patience.until(
                "the Sentinels know all",
                Duration.ofSeconds(30),
                () -> sentinels.stream().allMatch(RedisSentinels::knowsAll));
    }

    private boolean isInSync() {
        return servers.stream().filter(server -> !isMaster(server)).allMatch(RedisServer::isReplicaInSync);
    }

    private static boolean knowsAll(RedisServer sentinel) {
        try (Jedis redis = sentinel.commands()) {
            return redis.info("sentinel").contains("status=ok,address=")
                    && redis.info("sentinel").contains("slaves=2,sentinels=3");
        }
    }

    @Override
    public void close() {
        sentinels.forEach(RedisServer::close);
        servers.forEach(RedisServer::close);
    }
}
