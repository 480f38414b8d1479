package io.jobqueue.spring.autoconfigure;

import io.jobqueue.store.redis.RedisConnection;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.data.redis.autoconfigure.DataRedisProperties;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.util.StringUtils;

/** Takes the address from {@code spring.data.redis.*}, a service connection or whatever else fills the details. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(DataRedisConnectionDetails.class)
class SharedRedisConfiguration {

    @Bean
    @ConditionalOnBean(DataRedisConnectionDetails.class)
    SharedRedis jobQueueSharedRedis(
            DataRedisConnectionDetails details, ObjectProvider<DataRedisProperties> properties) {
        return () -> connection(details, properties.getIfAvailable());
    }

    @Bean
    @ConditionalOnBean(DataRedisConnectionDetails.class)
    HardWiredRedisCheck jobQueueHardWiredRedisCheck(
            DataRedisConnectionDetails details,
            ObjectProvider<RedisConnectionFactory> factories,
            JobQueueProperties jobs) {
        boolean followed = RedisAddress.own(jobs.store().redis()) == null;
        return new HardWiredRedisCheck(factories, followed ? DataRedisAddress.of(details) : null);
    }

    private static RedisConnection.Builder connection(
            DataRedisConnectionDetails details, @Nullable DataRedisProperties properties) {
        RedisConnection.Builder connection =
                servers(details).username(details.getUsername()).password(details.getPassword());
        SslBundle bundle = details.getSslBundle();
        if (bundle != null) {
            RedisTls.use(bundle, connection);
        }
        if (properties != null) {
            apply(properties, connection);
        }
        return connection;
    }

    private static void apply(DataRedisProperties properties, RedisConnection.Builder connection) {
        Duration timeout = properties.getTimeout();
        if (timeout != null) {
            connection.commandTimeout(timeout);
        }
        Duration connectTimeout = properties.getConnectTimeout();
        if (connectTimeout != null) {
            connection.connectTimeout(connectTimeout);
        }
        if (StringUtils.hasText(properties.getClientName())) {
            connection.clientName(properties.getClientName());
        }
        DataRedisProperties.Cluster cluster = properties.getCluster();
        Integer redirects = cluster == null ? null : cluster.getMaxRedirects();
        if (redirects != null) {
            connection.maxRedirects(redirects);
        }
    }

    /** In the order of Spring Data Redis: details that come from properties name a single server in any case. */
    private static RedisConnection.Builder servers(DataRedisConnectionDetails details) {
        DataRedisConnectionDetails.Sentinel sentinel = details.getSentinel();
        if (sentinel != null) {
            return RedisConnection.builder()
                    .sentinel(
                            sentinel.getMaster(),
                            addresses(sentinel.getNodes()),
                            sentinel.getUsername(),
                            sentinel.getPassword())
                    .database(sentinel.getDatabase());
        }
        DataRedisConnectionDetails.Cluster cluster = details.getCluster();
        if (cluster != null) {
            return RedisConnection.builder().cluster(addresses(cluster.getNodes()));
        }
        DataRedisConnectionDetails.Standalone standalone = details.getStandalone();
        if (standalone == null || details.getMasterReplica() != null) {
            throw unusable("has replicas to read from");
        }
        return RedisConnection.builder()
                .host(standalone.getHost())
                .port(standalone.getPort())
                .database(standalone.getDatabase());
    }

    private static List<String> addresses(List<DataRedisConnectionDetails.Node> nodes) {
        return nodes.stream()
                .map(node -> (node.host().indexOf(':') < 0 ? node.host() : "[" + node.host() + "]") + ":" + node.port())
                .toList();
    }

    private static JobStoreStartException unusable(String what) {
        return new JobStoreStartException(
                "The Redis of spring.data.redis " + what + ", and the job store does not take that over.",
                "Set jobqueue.store.redis.url to the server that keeps the jobs, such as redis://host:6379, or"
                        + " rediss://host:6379 for TLS.",
                null);
    }
}
