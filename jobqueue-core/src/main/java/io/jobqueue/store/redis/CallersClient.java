package io.jobqueue.store.redis;

import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.RedisSentinelClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.util.Pool;

/**
 * A client that stays its owner's.
 *
 * <p>One for Sentinels does not show its pool; it makes a new one by itself when the master changes.
 */
record CallersClient(UnifiedJedis client) implements CallClient {

    /**
     * Returns whether the client may make a call again that had no answer, although it may have been made. One for a
     * cluster does; what the others are is not known.
     */
    boolean repeatsCalls() {
        return !(client instanceof RedisClient || client instanceof RedisSentinelClient);
    }

    @Override
    public void dropIdle() {
        if (client instanceof RedisClient one) {
            one.getPool().clear();
        } else if (client instanceof RedisClusterClient cluster) {
            cluster.getClusterNodes().values().forEach(Pool::clear);
        }
    }

    /** What is in use now is its owner's pool to keep; it is let go when it is refused itself. */
    @Override
    public void leave() {
        dropIdle();
    }

    @Override
    public void close() {
        // its owner closes it
    }
}
