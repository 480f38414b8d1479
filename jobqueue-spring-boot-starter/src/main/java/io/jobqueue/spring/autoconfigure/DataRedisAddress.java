package io.jobqueue.spring.autoconfigure;

import java.net.URI;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisNode;
import org.springframework.data.redis.connection.RedisSentinelConfiguration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/** Where Spring Data Redis connects to: host, port and database, or the nodes in order. */
final class DataRedisAddress {

    private static final boolean LETTUCE =
            ClassUtils.isPresent("io.lettuce.core.RedisClient", DataRedisAddress.class.getClassLoader());

    private DataRedisAddress() {}

    /** Returns what the details of a connection say; null when they say nothing. */
    static @Nullable String of(DataRedisConnectionDetails details) {
        DataRedisConnectionDetails.Cluster cluster = details.getCluster();
        if (cluster != null) {
            return cluster(cluster.getNodes().stream().map(DataRedisAddress::node));
        }
        DataRedisConnectionDetails.Sentinel sentinel = details.getSentinel();
        if (sentinel != null) {
            return sentinel(
                    sentinel.getMaster(),
                    sentinel.getNodes().stream().map(DataRedisAddress::node),
                    sentinel.getDatabase());
        }
        DataRedisConnectionDetails.Standalone one = details.getStandalone();
        return one == null ? null : one.getHost() + ":" + one.getPort() + "/" + one.getDatabase();
    }

    /** Whether a URL asks for TLS and the details were made from it, and not by something that wins over it. */
    static boolean isTlsUrl(@Nullable String url, DataRedisConnectionDetails details) {
        DataRedisConnectionDetails.Standalone one = details.getStandalone();
        if (one == null || !StringUtils.hasText(url)) {
            return false;
        }
        URI uri = URI.create(url);
        return "rediss".equals(uri.getScheme())
                && one.getHost().equals(uri.getHost())
                && one.getPort() == uri.getPort();
    }

    private static String node(DataRedisConnectionDetails.Node node) {
        return node.host() + ":" + node.port();
    }

    /** Returns where a factory leads; null when it does not say. */
    static @Nullable String of(RedisConnectionFactory factory) {
        if (factory instanceof JedisConnectionFactory jedis) {
            return of(
                    jedis.getClusterConfiguration(),
                    jedis.getSentinelConfiguration(),
                    jedis.getStandaloneConfiguration());
        }
        return LETTUCE ? Lettuce.of(factory) : null;
    }

    private static @Nullable String of(
            @Nullable RedisClusterConfiguration cluster,
            @Nullable RedisSentinelConfiguration sentinel,
            @Nullable RedisStandaloneConfiguration one) {
        if (cluster != null) {
            return cluster(cluster.getClusterNodes().stream().map(DataRedisAddress::node));
        }
        if (sentinel != null && sentinel.getMaster() != null) {
            return sentinel(
                    String.valueOf(sentinel.getMaster().getName()),
                    sentinel.getSentinels().stream().map(DataRedisAddress::node),
                    sentinel.getDatabase());
        }
        return one == null ? null : one.getHostName() + ":" + one.getPort() + "/" + one.getDatabase();
    }

    private static String node(RedisNode node) {
        return node.getHost() + ":" + node.getPort();
    }

    private static String cluster(Stream<String> nodes) {
        return "cluster " + nodes.sorted().collect(Collectors.joining(","));
    }

    private static String sentinel(String master, Stream<String> nodes, int database) {
        return "sentinel " + master + "@" + nodes.sorted().collect(Collectors.joining(",")) + "/" + database;
    }

    /** Of a driver that may not be there. */
    private static final class Lettuce {

        static @Nullable String of(RedisConnectionFactory factory) {
            if (!(factory instanceof LettuceConnectionFactory lettuce) || lettuce.getSocketConfiguration() != null) {
                return null;
            }
            return DataRedisAddress.of(
                    lettuce.getClusterConfiguration(),
                    lettuce.getSentinelConfiguration(),
                    lettuce.getStandaloneConfiguration());
        }
    }
}
