package io.jobqueue.store.redis;

import redis.clients.jedis.UnifiedJedis;

/** Makes calls with pooled connections, whoever owns them. Thread-safe. */
interface CallClient extends AutoCloseable {

    /**
     * Returns the client. The first call may have to find the servers.
     *
     * @throws redis.clients.jedis.exceptions.JedisConnectionException when none of them tells
     */
    UnifiedJedis client();

    /** When one connection broke, the idle ones most likely did too: the next call must not fall over each. */
    void dropIdle();

    /**
     * Lets go of all connections, of those in use when they are given back: the server says that it is not in charge any
     * more. Finds out who is, where somebody tells.
     */
    void leave();

    @Override
    void close();
}
