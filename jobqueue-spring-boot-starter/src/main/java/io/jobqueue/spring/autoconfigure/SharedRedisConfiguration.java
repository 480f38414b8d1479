package io.jobqueue.spring.autoconfigure;

import io.jobqueue.store.redis.RedisConnection;
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
import org.springframework.core.env.Environment;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.util.StringUtils;

/** Takes the address from {@code spring.data.redis.*}, a service connection or whatever else fills the details. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(DataRedisConnectionDetails.class)
class SharedRedisConfiguration {

    /** What says where the Redis of the application is, beside how to talk to it. */
    private static final List<String> WHERE = List.of("url", "host", "port", "sentinel", "cluster", "masterreplica");

    /** What the details say when nobody has told them anything. */
    private static final String LOCAL = "localhost:6379/0";

    @Bean
    @ConditionalOnBean(DataRedisConnectionDetails.class)
    SharedRedis jobQueueSharedRedis(
            DataRedisConnectionDetails details,
            ObjectProvider<DataRedisProperties> properties,
            JobQueueProperties jobs,
            Environment environment) {
        return new SharedRedis() {

            @Override
            public RedisConnection.Builder connection() {
                return SharedRedisConfiguration.connection(
                        details, properties.getIfAvailable(), jobs.store().redis());
            }

            @Override
            public boolean isGiven() {
                return !LOCAL.equals(DataRedisAddress.of(details))
                        || !areMadeOfProperties(details)
                        || WHERE.stream()
                                .anyMatch(name -> new GivenProperties(environment).has("spring.data.redis." + name));
            }
        };
    }

    @Bean
    @ConditionalOnBean(DataRedisConnectionDetails.class)
    HardWiredRedisCheck jobQueueHardWiredRedisCheck(
            DataRedisConnectionDetails details,
            ObjectProvider<RedisConnectionFactory> factories,
            JobQueueProperties jobs,
            SharedRedis jobQueueSharedRedis,
            Environment environment) {
        boolean followed = RedisAddress.own(jobs.store().redis()) == null
                && jobQueueSharedRedis.goesBefore(environment.getProperty(RedisAddress.PLATFORM));
        return new HardWiredRedisCheck(factories, followed ? DataRedisAddress.of(details) : null);
    }

    /** Those of containers, and beans of the application, lie elsewhere and mean what they say. */
    private static boolean areMadeOfProperties(DataRedisConnectionDetails details) {
        return details.getClass().getPackageName().equals(DataRedisConnectionDetails.class.getPackageName());
    }

    private static RedisConnection.Builder connection(
            DataRedisConnectionDetails details,
            @Nullable DataRedisProperties properties,
            JobQueueProperties.Redis own) {
        RedisConnection.Builder connection =
                servers(details).username(details.getUsername()).password(details.getPassword());
        SslBundle bundle = details.getSslBundle();
        if (bundle != null) {
            RedisTls.use(bundle, connection);
        } else if (properties != null && DataRedisAddress.isTlsUrl(properties.getUrl(), details)) {
            RedisTls.use(SslBundle.systemDefault(), connection);
        }
        if (properties != null) {
            apply(properties, own, connection);
        }
        return connection;
    }

    private static void apply(
            DataRedisProperties properties, JobQueueProperties.Redis own, RedisConnection.Builder connection) {
        SharedRedisValue.of("timeout", properties.getTimeout())
                .unless("command-timeout", own.commandTimeout())
                .handTo(connection::commandTimeout);
        SharedRedisValue.of("connect-timeout", properties.getConnectTimeout())
                .unless("connect-timeout", own.connectTimeout())
                .handTo(connection::connectTimeout);
        String clientName = properties.getClientName();
        SharedRedisValue.of("client-name", StringUtils.hasText(clientName) ? clientName : null)
                .unless("client-name", own.clientName())
                .handTo(connection::clientName);
        DataRedisProperties.Cluster cluster = properties.getCluster();
        SharedRedisValue.of("cluster.max-redirects", cluster == null ? null : cluster.getMaxRedirects())
                .unless("cluster.max-redirects", own.cluster().maxRedirects())
                .handTo(connection::maxRedirects);
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
