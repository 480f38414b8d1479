package io.jobqueue.testkit;

import io.jobqueue.store.redis.RedisConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Redis that lets in the user of the documentation, with the rules that stand there, and nobody else. */
public final class RestrictedRedis implements AutoCloseable {

    private static final Pattern RULE = Pattern.compile("```\nuser (jobs [^`]+)```");

    private final RedisServer server;

    private RestrictedRedis(RedisServer server) {
        this.server = server;
    }

    /** Starts one. */
    public static RestrictedRedis start() {
        return start(UnaryOperator.identity());
    }

    /** Starts one whose user has other rules than those documented. */
    public static RestrictedRedis start(UnaryOperator<String> change) {
        return new RestrictedRedis(RedisServer.startWithUsers(change.apply(rule())));
    }

    /** Returns the documented rule, on one line, from the name of the user on. */
    public static String rule() {
        try {
            Matcher rule = RULE.matcher(Files.readString(page(Path.of("").toAbsolutePath())));
            if (!rule.find()) {
                throw new IllegalStateException("docs/redis.md has no block that begins with 'user jobs'");
            }
            return rule.group(1).strip().replaceAll("\\s+", " ");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path page(Path folder) {
        Path page = folder.resolve("docs/redis.md");
        return Files.exists(page) || folder.getParent() == null ? page : page(folder.getParent());
    }

    /** Returns the server, whose own commands may do all. */
    public RedisServer server() {
        return server;
    }

    /** Returns a connection as that user. */
    public RedisConnection connection() {
        return RedisConnection.builder()
                .url("redis://jobs:secret@127.0.0.1:" + server.port())
                .customize(TestedProtocol::choose)
                .build();
    }

    @Override
    public void close() {
        server.close();
    }
}
