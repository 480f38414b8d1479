package io.jobqueue.store.redis;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.providers.SentineledConnectionProvider;

/**
 * The master that Sentinels name, as Jedis hears of it, with a pool of our own: neither the master nor the Sentinels are
 * connected to faster than a server that is away is to be tried.
 */
final class PacedSentinels extends SentineledConnectionProvider {

    private final PacedPools pools;
    private final @Nullable ReconnectPace pace; // null until the constructor of Jedis, which asks already, is done
    private volatile @Nullable HostAndPort served;
    private volatile boolean closed;

    private PacedSentinels(RedisServers.Sentinels sentinels, Set<HostAndPort> nodes, RedisSockets sockets) {
        super(sentinels.master(), sockets.toJobs(), sockets.pool(), nodes, sockets.toSentinels(sentinels));
        pools = new PacedPools(sockets);
        pace = sockets.pace();
    }

    /** Jedis has a listener to each Sentinel, which warns of every failure with its stack; so a Sentinel that is away fails once. */
    @Override
    protected SentinelConnectionFactory defaultSentinelConnectionFactory() {
        return (sentinel, config) -> {
            ReconnectPace known = pace;
            return known != null && Thread.currentThread() instanceof SentinelListener
                    ? awaitSentinel(sentinel, config, known)
                    : new SentinelConnection(sentinel, config);
        };
    }

    private Jedis awaitSentinel(HostAndPort sentinel, JedisClientConfig config, ReconnectPace known) {
        while (true) {
            try {
                return known.connect(sentinel, () -> new SentinelConnection(sentinel, config));
            } catch (JedisConnectionException e) {
                if (closed || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
            }
        }
    }

    /**
     * Asks for the master.
     *
     * @throws redis.clients.jedis.exceptions.JedisException when no Sentinel tells
     */
    static PacedSentinels connect(RedisServers.Sentinels sentinels, RedisSockets sockets) {
        Set<HostAndPort> nodes = new LinkedHashSet<>();
        nodes.add(answering(sentinels, sockets)); // Jedis asks the first first, and no other when it tells
        nodes.addAll(RedisNode.addresses(sentinels.nodes()));
        return new PacedSentinels(sentinels, nodes, sockets);
    }

    private static HostAndPort answering(RedisServers.Sentinels sentinels, RedisSockets sockets) {
        JedisClientConfig config = sockets.toSentinels(sentinels);
        JedisConnectionException silence = null;
        for (HostAndPort node : RedisNode.addresses(sentinels.nodes())) {
            try {
                sockets.pace().connect(node, () -> new Connection(node, config)).close();
                return node;
            } catch (JedisConnectionException e) {
                silence = e;
            }
        }
        throw new JedisConnectionException(
                "All sentinels down, cannot determine where " + sentinels.master() + " is running.", silence);
    }

    @Override
    public Connection getConnection() {
        HostAndPort master = getCurrentMaster();
        if (!master.equals(served)) {
            pools.keepOnly(Set.of(master));
            served = master;
        }
        return pools.borrow(master);
    }

    @Override
    public Connection getConnection(CommandArguments arguments) {
        return getConnection();
    }

    void dropIdle() {
        pools.dropIdle();
    }

    void leave() {
        pools.leave();
    }

    @Override
    public void close() {
        super.close();
        closed = true; // after the listeners were told to end, so that they do so without a word
        pools.close();
    }
}
