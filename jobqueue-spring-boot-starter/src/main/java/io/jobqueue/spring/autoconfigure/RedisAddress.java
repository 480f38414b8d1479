package io.jobqueue.spring.autoconfigure;

import io.jobqueue.InvalidJobException;
import io.jobqueue.store.redis.RedisConnection;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/**
 * Where the Redis of the jobs is, and who said so.
 *
 * @param connection leads there; to be completed
 * @param source what to change to move it
 * @param given whether somebody has said so, and it is not merely what holds when nobody does
 */
record RedisAddress(RedisConnection.Builder connection, String source, boolean given) {

    /** The variable by which platforms name the server of an application. */
    static final String PLATFORM = "REDIS_URL";

    /** A name, an address, or an address of version 6, which alone has colons. */
    private static final Pattern HOST =
            Pattern.compile("[\\w.-]+|\\[?[0-9A-Fa-f.]*:[0-9A-Fa-f.:]*:[0-9A-Fa-f.:]*(%\\w+)?]?");

    RedisAddress(RedisConnection.Builder connection, String source) {
        this(connection, source, true);
    }

    /**
     * Returns the first address that is given: the jobs' own, the one the application already uses, the one of
     * the platform, else the local one, reached as the application would.
     *
     * @throws JobStoreStartException when it cannot be used
     */
    static RedisAddress choose(@Nullable RedisAddress own, @Nullable SharedRedis shared, @Nullable String platformUrl) {
        if (own != null) {
            return own;
        }
        if (shared != null && shared.goesBefore(platformUrl)) {
            return new RedisAddress(shared.connection(), "spring.data.redis", shared.isGiven());
        }
        if (StringUtils.hasText(platformUrl)) {
            return of(platformUrl, PLATFORM);
        }
        return new RedisAddress(RedisConnection.builder(), "the built-in default", false);
    }

    /** Returns what the properties of the jobs' own Redis say; null when they name no server. */
    static @Nullable RedisAddress own(JobQueueProperties.Redis redis) {
        JobQueueProperties.Sentinel sentinel = redis.sentinel();
        String master = sentinel.master();
        if (master != null) {
            return new RedisAddress(
                    RedisConnection.builder()
                            .sentinel(master, sentinel.nodes(), sentinel.username(), sentinel.password()),
                    "jobqueue.store.redis.sentinel");
        }
        if (!redis.cluster().nodes().isEmpty()) {
            return new RedisAddress(
                    RedisConnection.builder().cluster(redis.cluster().nodes()), "jobqueue.store.redis.cluster");
        }
        if (StringUtils.hasText(redis.url())) {
            return of(redis.url(), "jobqueue.store.redis.url");
        }
        return StringUtils.hasText(redis.host()) || redis.port() != null ? one(redis.host(), redis.port()) : null;
    }

    /** What is not alone a host is not shown: it may be a URL with a password. */
    private static RedisAddress one(@Nullable String host, @Nullable Integer port) {
        RedisConnection.Builder connection = RedisConnection.builder();
        if (StringUtils.hasText(host)) {
            if (!HOST.matcher(host.trim()).matches()) {
                throw new JobStoreStartException(
                        "jobqueue.store.redis.host is no name or address of a host.",
                        "Give it the host alone, and its port in jobqueue.store.redis.port; a URL belongs into"
                                + " jobqueue.store.redis.url.",
                        null);
            }
            connection.host(host.trim());
        }
        if (port != null) {
            connection.port(port);
        }
        return new RedisAddress(connection, "jobqueue.store.redis." + (StringUtils.hasText(host) ? "host" : "port"));
    }

    private static RedisAddress of(String url, String source) {
        try {
            return new RedisAddress(RedisConnection.builder().url(url.trim()), source);
        } catch (InvalidJobException e) {
            throw new JobStoreStartException(
                    source + " does not name a server: " + e.getMessage() + ".", "Correct " + source + ".", e);
        }
    }
}
