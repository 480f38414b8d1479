package io.jobqueue.testkit;

import io.jobqueue.store.redis.RedisConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A real Redis or Valkey on a free loopback port with a directory of its own. It can be killed and started again
 * on the same port and data; closing it stops it and removes the directory.
 */
public final class RedisServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final List<String> NOTHING_ON_DISK = List.of("--save", "", "--appendonly", "no");

    private final int port;
    private final Path directory;
    private final List<String> options;
    private final List<String> watched;
    private final ServerAccess access;
    private @Nullable Process process;

    private RedisServer(List<String> options, List<String> watched, ServerAccess access) {
        this.access = access;
        this.options = List.copyOf(options);
        this.watched = List.copyOf(watched);
        this.port = freePort();
        this.directory = temporaryDirectory();
    }

    /** Starts a server that keeps nothing on disk. */
    public static RedisServer start() {
        return start("--save", "", "--appendonly", "no");
    }

    /** Starts a server that forces every write to disk before it answers. */
    public static RedisServer startDurable() {
        return start("--save", "", "--appendonly", "yes", "--appendfsync", "always");
    }

    /** Starts a server that keeps nothing on disk and follows the one on the port; returns when it is in step. */
    public static RedisServer startReplicaOf(int masterPort) {
        RedisServer replica = start();
        replica.follow(masterPort);
        return replica;
    }

    /** Starts a server with options of the caller's. */
    public static RedisServer start(String... options) {
        return start(List.of(options), ServerAccess.PLAIN);
    }

    /**
     * Starts a server that keeps nothing on disk and has no port but one for TLS.
     *
     * @param holder whose certificate it shows
     * @param clientsNeedCertificates whether it lets in only clients with a certificate of the same authority
     */
    public static RedisServer startTls(TlsKeys keys, TlsKeys.Holder holder, boolean clientsNeedCertificates) {
        return start(NOTHING_ON_DISK, ServerAccess.tls(keys, holder, clientsNeedCertificates));
    }

    /**
     * Starts a server that keeps nothing on disk and lets nobody in but these users.
     *
     * @param rules one a user, such as {@code jobs on >secret ~jq:* +get}
     */
    public static RedisServer startWithUsers(String... rules) {
        return start(NOTHING_ON_DISK, ServerAccess.users(rules));
    }

    private static RedisServer start(List<String> options, ServerAccess access) {
        RedisServer server = new RedisServer(options, List.of(), access);
        server.startAgain();
        return server;
    }

    /** Starts a Sentinel; {@code watched} are the lines of its configuration. */
    static RedisServer startSentinel(List<String> watched) {
        RedisServer server = new RedisServer(List.of(), watched, ServerAccess.PLAIN);
        server.startAgain();
        return server;
    }

    /** Starts a Sentinel that watches a master by the name {@code main}. */
    public static RedisServer startSentinelOf(RedisServer master) {
        return startSentinel(List.of("sentinel monitor main 127.0.0.1 " + master.port() + " 1"));
    }

    /** Returns the loopback port, the same for all of the server's starts. */
    public int port() {
        return port;
    }

    /** Returns {@code redis://127.0.0.1:port}. */
    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** Returns a connection to the server. */
    public RedisConnection connection() {
        return RedisConnection.builder()
                .url(url())
                .customize(TestedProtocol::choose)
                .build();
    }

    /** Opens a connection for the test's own commands; the caller closes it. */
    public Jedis commands() {
        return new Jedis(new HostAndPort("127.0.0.1", port), access.config());
    }

    /** Starts the server after a kill, on the same port and data; returns when it answers. */
    public void startAgain() {
        launch();
        awaitAnswer("PONG");
    }

    /** Starts the server after a kill, on the same port and data; returns when it answers that it still loads them. */
    void startAgainLoading() {
        launch();
        awaitAnswer("LOADING");
    }

    /** Returns when the server has loaded its data. */
    void awaitLoaded() {
        awaitAnswer("PONG");
    }

    private void launch() {
        List<String> command = new ArrayList<>(List.of(RedisBinary.path().toString()));
        command.addAll(watched.isEmpty() ? serverOptions() : sentinelOptions());
        new NodesFile(directory).mend();
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            directory.resolve("server.log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes the server a replica of the one on the port; returns when it is in step. */
    public void follow(int masterPort) {
        try (Jedis redis = commands()) {
            redis.replicaof("127.0.0.1", masterPort);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!redis.info("replication").contains("master_link_status:up")) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("the replica is not in step within " + PATIENCE + ": " + log());
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
        }
    }

    /** Makes the server a master, with what it has. */
    public void promote() {
        try (Jedis redis = commands()) {
            redis.replicaofNoOne();
        }
    }

    /** Stops the server in its tracks: it keeps its connections and answers nothing until {@link #thaw}. */
    public void freeze() {
        signal("STOP");
    }

    /** Lets a frozen server go on. */
    public void thaw() {
        signal("CONT");
    }

    private void signal(String signal) {
        Process running = Objects.requireNonNull(process, "the Redis for tests does not run");
        try {
            Process kill = new ProcessBuilder("kill", "-" + signal, String.valueOf(running.pid()))
                    .inheritIO()
                    .start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("kill -" + signal + " of the Redis for tests failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns whether the process runs. */
    public boolean isRunning() {
        Process running = process;
        return running != null && running.isAlive();
    }

    /** Returns whether this is a replica that has all its master had a moment ago. */
    public boolean isReplicaInSync() {
        try (Jedis redis = commands()) {
            return redis.info("replication").contains("master_link_status:up");
        } catch (JedisException e) {
            return !isRunning();
        }
    }

    /** Returns how often a command has been called. */
    public long calls(String command) {
        try (Jedis redis = commands()) {
            return redis.info("commandstats")
                    .lines()
                    .filter(line -> line.startsWith("cmdstat_" + command + ":"))
                    .mapToLong(line -> Long.parseLong(line.substring(line.indexOf("calls=") + 6, line.indexOf(','))))
                    .sum();
        }
    }

    private List<String> serverOptions() {
        List<String> all = new ArrayList<>(access.portOptions(port));
        all.addAll(access.options());
        all.addAll(List.of(
                "--bind",
                "127.0.0.1",
                "--dir",
                directory.toString(),
                "--enable-debug-command",
                "yes",
                "--repl-diskless-sync-delay",
                "0"));
        all.addAll(options);
        return all;
    }

    /** A Sentinel keeps what it has learnt in its configuration, so it is written once. */
    private List<String> sentinelOptions() {
        Path configuration = directory.resolve("sentinel.conf");
        if (!Files.exists(configuration)) {
            List<String> lines = new ArrayList<>(List.of("port " + port, "bind 127.0.0.1", "dir " + directory));
            lines.addAll(watched);
            try {
                Files.write(configuration, lines);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return List.of(configuration.toString(), "--sentinel");
    }

    /** Ends the server as a power cut would end its process: SIGKILL. */
    public void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
            awaitEnd(running);
            process = null;
        }
    }

    private void awaitAnswer(String wanted) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            try (Jedis redis = commands()) {
                if (answerOf(redis).startsWith(wanted)) {
                    return;
                }
            } catch (JedisException e) {
                Process running = process;
                if (running == null || !running.isAlive()) {
                    throw new IllegalStateException("the Redis for tests did not start: " + log(), e);
                }
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        throw new IllegalStateException(
                "the Redis for tests did not answer " + wanted + " within " + PATIENCE + ": " + log());
    }

    private static String answerOf(Jedis redis) {
        try {
            return redis.ping();
        } catch (JedisDataException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private String log() {
        try {
            return Files.readString(directory.resolve("server.log"));
        } catch (IOException e) {
            return "no log, " + e;
        }
    }

    @Override
    public void close() {
        kill();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitEnd(Process ended) {
        try {
            if (!ended.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("the Redis for tests outlived SIGKILL");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("jobqueue-redis-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
