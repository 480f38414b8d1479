package io.jobqueue.spring.autoconfigure;

import redis.clients.jedis.DefaultJedisClientConfig;

/**
 * A bean that has the last word on how the job queue connects to its Redis: credentials that change, a mapping of
 * addresses, another protocol. Customizers run in their order, for every pool and every waiting connection, and must give
 * all of them the same. They are not asked for Sentinels, nor for a client marked with
 * {@link io.jobqueue.spring.JobQueueRedis}. TLS is set by {@code jobqueue.store.redis.ssl.*}.
 */
@FunctionalInterface
public interface JobQueueJedisClientConfigCustomizer {

    /** Changes {@code builder}, which already holds what the properties say. */
    void customize(DefaultJedisClientConfig.Builder builder);
}
