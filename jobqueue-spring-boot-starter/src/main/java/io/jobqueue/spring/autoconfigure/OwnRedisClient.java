package io.jobqueue.spring.autoconfigure;

import io.jobqueue.spring.JobQueueRedis;
import io.jobqueue.store.redis.RedisConnection;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.RedisSentinelClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The application's client, which is marked with {@link JobQueueRedis}. It does not tell its user, password and TLS, so
 * that the connections the jobs have to themselves need their own word on where their server is.
 *
 * @param client null when there is none
 */
record OwnRedisClient(@Nullable UnifiedJedis client) {

    /**
     * Accepts a client for the kind of servers that the jobs are on.
     *
     * @throws JobStoreStartException when one of them is a cluster, and the other is not
     */
    void requireFitting(RedisConnection connection) {
        if (client != null && client instanceof RedisClusterClient != connection.usesCluster()) {
            throw new JobStoreStartException(
                    "The client marked with @JobQueueRedis is a "
                            + client.getClass().getSimpleName() + ", and the servers of the jobs are "
                            + connection.describe() + ".",
                    action(),
                    null);
        }
    }

    /**
     * Returns what is missing when the jobs cannot reach a server that nobody has named, while the client reaches its own;
     * empty when there is no client, or its server is away too.
     */
    Optional<JobStoreStartException> missingAddress(String location, Throwable why) {
        if (client == null || !answers(client)) {
            return Optional.empty();
        }
        return Optional.of(new JobStoreStartException(
                "The client marked with @JobQueueRedis reaches its server, and the connections that the job queue has beside"
                        + " it (leases, waits, messages) do not: nobody has said where they lead, so that they look for it"
                        + " at " + location + " (" + why.getMessage() + ").",
                action(),
                why));
    }

    /** Returns which properties lead to the client's servers, to be said to people. */
    String action() {
        String how;
        if (client instanceof RedisClusterClient cluster) {
            how = "jobqueue.store.redis.cluster.nodes to those of the client, such as "
                    + String.join(",", new TreeSet<>(cluster.getClusterNodes().keySet()));
        } else if (client instanceof RedisSentinelClient) {
            how = "jobqueue.store.redis.sentinel.master and jobqueue.store.redis.sentinel.nodes to those of the client";
        } else {
            how = "jobqueue.store.redis.url to the server of the client, such as redis://host:6379/0";
        }
        return "Set " + how
                + ", with jobqueue.store.redis.username, .password and .ssl where the client has them: they cannot be read"
                + " from a client.";
    }

    private static boolean answers(UnifiedJedis client) {
        try {
            return client.ping() != null;
        } catch (JedisException e) {
            return false;
        }
    }
}
