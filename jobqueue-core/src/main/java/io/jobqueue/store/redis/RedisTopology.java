package io.jobqueue.store.redis;

import java.util.Set;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;

/** Which servers keep the jobs, and who of them is in charge now; with a pool of connections to them. Thread-safe. */
interface RedisTopology extends CallClient {

    /**
     * Returns who answers for a key now, as far as is known here.
     *
     * @throws redis.clients.jedis.exceptions.JedisConnectionException when nobody tells
     */
    HostAndPort master(byte[] key);

    /**
     * Returns all who keep jobs now, as far as is known here; replicas are not among them.
     *
     * @throws redis.clients.jedis.exceptions.JedisConnectionException when nobody tells
     */
    Set<HostAndPort> masters();

    /**
     * Borrows a connection of the pool; closing it gives it back.
     *
     * @param server one of those in charge, or one that a call was redirected to
     * @throws redis.clients.jedis.exceptions.JedisConnectionException when it does not answer
     */
    Connection borrow(HostAndPort server);

    /** Looks again who is in charge, since somebody did not answer. */
    void lookAgain();

    /** Learns who is in charge from a server that has said that another one is. */
    void lookAgain(Connection witness);
}
