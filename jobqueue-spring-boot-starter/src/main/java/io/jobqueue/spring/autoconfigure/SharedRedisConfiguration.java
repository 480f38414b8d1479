package io.jobqueue.spring.autoconfigure;

import io.jobqueue.store.redis.RedisConnection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.data.redis.autoconfigure.DataRedisProperties;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

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

    private static RedisConnection.Builder connection(
            DataRedisConnectionDetails details, @Nullable DataRedisProperties properties) {
        DataRedisConnectionDetails.Standalone standalone = details.getStandalone();
        if (standalone == null) {
            throw unusable(topology(details));
        }
        RedisConnection.Builder connection = RedisConnection.builder()
                .host(standalone.getHost())
                .port(standalone.getPort())
                .database(standalone.getDatabase())
                .username(details.getUsername())
                .password(details.getPassword());
        SslBundle bundle = details.getSslBundle();
        if (bundle != null) {
            RedisTls.use(bundle, connection);
        }
        Duration timeout = properties == null ? null : properties.getTimeout();
        return timeout == null ? connection : connection.commandTimeout(timeout);
    }

    private static String topology(DataRedisConnectionDetails details) {
        if (details.getSentinel() != null) {
            return "is watched by Sentinel";
        }
        if (details.getCluster() != null) {
            return "is a Cluster";
        }
        return "has replicas to read from";
    }

    private static JobStoreStartException unusable(String what) {
        return new JobStoreStartException(
                "The Redis of spring.data.redis " + what
                        + ", and the job store connects to a single server by its address.",
                "Set jobqueue.store.redis.url to the server that keeps the jobs, such as redis://host:6379, or"
                        + " rediss://host:6379 for TLS.",
                null);
    }
}
