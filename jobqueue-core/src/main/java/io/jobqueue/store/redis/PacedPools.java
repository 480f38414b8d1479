package io.jobqueue.store.redis;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPool;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

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
        Connection connection = take(server);
        try {
            sockets.judge().meet(server, connection);
            return connection;
        } catch (JedisException e) {
            connection.close();
            throw e;
        }
    }

    private Connection take(HostAndPort server) {
        ConnectionPool known = pools.get(server);
        ConnectionPool pool = known != null ? known : open(server);
        try {
            return pool.getResource();
        } catch (JedisException e) {
            if (pool.isClosed()) { // it was left meanwhile
                return open(server).getResource();
            }
            throw e;
        }
    }

    /** Closes the pools of all servers but these; what is borrowed from them is closed when it is given back. */
    synchronized void keepOnly(Set<HostAndPort> servers) {
        for (Map.Entry<HostAndPort, ConnectionPool> pool : List.copyOf(pools.entrySet())) {
            if (!servers.contains(pool.getKey())) {
                pools.remove(pool.getKey()); // before it is closed, so that nobody finds a closed one
                pool.getValue().close();
            }
        }
    }

    /** Closes all pools; what is borrowed is closed when it is given back. The next calls open others. */
    void leave() {
        pools.keySet().forEach(this::suspect);
        keepOnly(Set.of());
    }

    /** A connection broke, and any of the others may have. */
    void dropIdle() {
        pools.forEach((server, pool) -> {
            suspect(server);
            pool.clear();
        });
    }

    private void suspect(HostAndPort server) {
        sockets.pace().suspect(server);
        sockets.judge().forget(server);
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
