package io.jobqueue.store.redis;

import io.jobqueue.testkit.RedisServer;
import java.util.stream.Stream;
import redis.clients.jedis.Jedis;

/**
 * A server with an append-only file that it cannot force to disk until it is let, as if the disk hung: it forces nothing
 * while a child of it takes a snapshot, and the child takes its time.
 */
final class HeldDisk implements AutoCloseable {

    private final RedisServer server;

    private HeldDisk(RedisServer server) {
        this.server = server;
    }

    /** Starts one; {@code force} is its {@code appendfsync}. */
    static HeldDisk start(String force) {
        HeldDisk held = new HeldDisk(RedisServer.start(
                "--save",
                "",
                "--appendonly",
                "yes",
                "--appendfsync",
                force,
                "--no-appendfsync-on-rewrite",
                "yes",
                "--rdb-key-save-delay",
                "60000000"));
        try (Jedis redis = held.server.commands()) {
            redis.set("of the snapshot", "to be written");
            redis.bgsave();
        }
        return held;
    }

    RedisServer server() {
        return server;
    }

    /** Lets the server force its file to disk. */
    void letGo() {
        try (Jedis redis = server.commands();
                Stream<ProcessHandle> children = process(redis).children()) {
            children.forEach(ProcessHandle::destroyForcibly);
        }
    }

    private static ProcessHandle process(Jedis redis) {
        return redis.info("server")
                .lines()
                .filter(line -> line.startsWith("process_id:"))
                .map(line -> Long.parseLong(line.substring("process_id:".length())))
                .flatMap(process -> ProcessHandle.of(process).stream())
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        letGo();
        server.close();
    }
}
