package io.jobqueue.store.redis;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPool;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** A pool of connections to each of several servers, all of one size. Thread-safe. */
final class PacedPools implements AutoCloseable {

    private final RedisSockets sockets;
    private final Map<HostAndPort, ConnectionPool> pools = new ConcurrentHashMap<>();
    private boolean closed;

    PacedPools(RedisSockets sockets) {
        this.sockets = sockets;
    }

    /** Borrows a connection to a server; closing it gives it back. */
    Connection borrow(HostAndPort server) {
        ConnectionPool known = pools.get(server);
        return (known != null ? known : open(server)).getResource();
    }

    /** Closes the pools of all servers but these; what is borrowed from them is closed when it is given back. */
    synchronized void keepOnly(Set<HostAndPort> servers) {
        pools.entrySet().removeIf(pool -> {
            boolean left = !servers.contains(pool.getKey());
            if (left) {
                pool.getValue().close();
            }
            return left;
        });
    }

    /** A connection broke, and any of the others may have. */
    void dropIdle() {
        pools.forEach((server, pool) -> {
            sockets.pace().suspect(server);
            pool.clear();
        });
    }

    private synchronized ConnectionPool open(HostAndPort server) {
        if (closed) {
            throw new JedisConnectionException("Failed to connect: the redis store is closed; open a new one");
        }
        return pools.computeIfAbsent(server, node -> new ConnectionPool(sockets.connectionsTo(node), sockets.pool()));
    }

    @Override
    public synchronized void close() {
        closed = true;
        keepOnly(Set.of());
    }
}
