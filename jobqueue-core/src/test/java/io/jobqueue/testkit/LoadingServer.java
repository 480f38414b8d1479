package io.jobqueue.testkit;

import java.util.stream.IntStream;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;

/** A server that can be started again so that it loads its file until it is let finish. Closing it stops it. */
public final class LoadingServer implements AutoCloseable {

    private static final String MICROS_A_KEY = "20000";
    private static final int KEYS = 1_000;
    private static final String VALUE = "x".repeat(2_000);

    private final RedisServer server;

    private LoadingServer(RedisServer server) {
        this.server = server;
    }

    /** Starts one that has loaded all there is. It looks at its connections after every key that it will load. */
    public static LoadingServer start() {
        LoadingServer loading = new LoadingServer(RedisServer.start(
                "--save",
                "",
                "--appendonly",
                "no",
                "--rdbcompression",
                "no",
                "--loading-process-events-interval-bytes",
                "1024",
                "--key-load-delay",
                MICROS_A_KEY));
        loading.fill();
        return loading;
    }

    private void fill() {
        try (Jedis redis = server.commands();
                Pipeline pipeline = redis.pipelined()) {
            IntStream.range(0, KEYS).forEach(number -> pipeline.set("loaded-" + number, VALUE));
        }
    }

    /** Ends the server and starts it with what it has now; returns when it loads that. */
    public void startAgain() {
        try (Jedis redis = server.commands()) {
            redis.save();
        }
        server.kill();
        server.startAgainLoading();
    }

    /** Lets the server load the rest as fast as it can. */
    public void finish() {
        try (Jedis redis = server.commands()) {
            redis.configSet("key-load-delay", "0");
        }
        server.awaitLoaded();
    }

    /** Returns the server. */
    public RedisServer server() {
        return server;
    }

    @Override
    public void close() {
        server.close();
    }
}
