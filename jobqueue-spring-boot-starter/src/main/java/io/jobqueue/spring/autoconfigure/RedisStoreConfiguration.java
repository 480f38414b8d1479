package io.jobqueue.spring.autoconfigure;

import io.jobqueue.InvalidJobException;
import io.jobqueue.spring.JobQueueRedis;
import io.jobqueue.store.JobStore;
import io.jobqueue.store.redis.RedisConnection;
import io.jobqueue.store.redis.RedisStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.env.Environment;
import redis.clients.jedis.UnifiedJedis;

/** Keeps jobs in Redis or Valkey. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(UnifiedJedis.class)
@ConditionalOnMissingBean(JobStore.class)
@Conditional(OnRedisStoreType.class)
@Import(SharedRedisConfiguration.class)
@ImportRuntimeHints(RedisScriptHints.class)
class RedisStoreConfiguration {

    private static final Logger log = LoggerFactory.getLogger(RedisStoreConfiguration.class);

    @Bean
    RedisStore jobStore(
            JobQueueProperties properties,
            Environment environment,
            ObjectProvider<SharedRedis> sharedRedis,
            ObjectProvider<SslBundles> bundles,
            ObjectProvider<JobQueueJedisClientConfigCustomizer> customizers,
            @JobQueueRedis ObjectProvider<UnifiedJedis> clients) {
        JobQueueProperties.Redis redis = properties.store().redis();
        RedisAddress named = RedisAddress.own(redis);
        SharedRedis shared = sharedRedis.getIfAvailable();
        String platformUrl = environment.getProperty(RedisAddress.PLATFORM);
        RedisAddress address = RedisAddress.choose(named, shared, platformUrl);
        RedisConnection connection = connection(address, redis, bundles.getIfAvailable(), customizers);
        UnifiedJedis client = clients.getIfAvailable();
        OwnRedisClient own = new OwnRedisClient(client);
        own.requireFitting(connection);
        log.info(
                "Jobs are kept in the Redis at {} as user '{}'{}, by {}; {}",
                connection.describe(),
                connection.user(),
                connection.usesTls() ? " over TLS" : "",
                address.source(),
                client == null
                        ? "the calls of the application use at most " + connection.poolMaxTotal() + " connections"
                        : "the calls of the application are made by its own client");
        if (named == null) {
            IgnoredSettings ignored = new IgnoredSettings(new GivenProperties(environment));
            if (shared == null) {
                ignored.warnOfUnreadSpringData(connection.describe(), address.source());
            } else if (!shared.goesBefore(platformUrl)) {
                ignored.warnOfSpringDataWithoutAServer(connection.describe());
            }
        }
        RedisStore store = open(client, connection, redis.keyPrefix());
        new RedisStartCheck(store, connection.describe(), address, own).run(redis.failFast());
        return store;
    }

    private static RedisConnection connection(
            RedisAddress address,
            JobQueueProperties.Redis redis,
            @Nullable SslBundles bundles,
            ObjectProvider<JobQueueJedisClientConfigCustomizer> customizers) {
        RedisConnection.Builder connection = address.connection()
                .acceptEviction(redis.acceptEviction())
                .acceptPlainText(redis.acceptPlainText())
                .poolMaxTotal(redis.pool().maxTotal())
                .poolMaxWait(redis.pool().maxWait());
        if (redis.username() != null) {
            connection.username(redis.username());
        }
        if (redis.password() != null) {
            connection.password(redis.password());
        }
        if (redis.database() != null) {
            connection.database(redis.database());
        }
        if (redis.commandTimeout() != null) {
            connection.commandTimeout(redis.commandTimeout());
        }
        if (redis.connectTimeout() != null) {
            connection.connectTimeout(redis.connectTimeout());
        }
        if (redis.clientName() != null) {
            connection.clientName(redis.clientName());
        }
        if (redis.cluster().maxRedirects() != null) {
            connection.maxRedirects(redis.cluster().maxRedirects());
        }
        customizers.orderedStream().forEach(customizer -> connection.customize(customizer::customize));
        new RedisTls(redis.ssl(), bundles).applyTo(connection);
        return complete(connection, redis.database());
    }

    private static RedisConnection complete(RedisConnection.Builder connection, @Nullable Integer database) {
        try {
            return connection.build();
        } catch (InvalidJobException e) {
            throw new JobStoreStartException(
                    "jobqueue.store.redis.database is " + database + ", which the servers do not have: "
                            + e.getMessage() + ".",
                    "Remove jobqueue.store.redis.database, and set jobqueue.store.redis.key-prefix to keep jobs apart.",
                    e);
        }
    }

    private static RedisStore open(@Nullable UnifiedJedis client, RedisConnection connection, String keyPrefix) {
        try {
            return client == null
                    ? RedisStore.open(connection, keyPrefix)
                    : RedisStore.open(client, connection, keyPrefix);
        } catch (InvalidJobException e) {
            throw new InvalidConfigurationPropertyValueException(
                    "jobqueue.store.redis.key-prefix", keyPrefix, String.valueOf(e.getMessage()), e);
        }
    }
}
