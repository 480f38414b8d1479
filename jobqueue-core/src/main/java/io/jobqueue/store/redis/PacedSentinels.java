package io.jobqueue.store.redis;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.providers.SentineledConnectionProvider;

/**
 * The master that Sentinels name, as Jedis hears of it, with a pool of our own: neither the master nor the Sentinels are
 * connected to faster than a server that is away is to be tried.
 */
final class PacedSentinels extends SentineledConnectionProvider {

    private final PacedPools pools;
    private volatile @Nullable HostAndPort served;

    private PacedSentinels(RedisServers.Sentinels sentinels, Set<HostAndPort> nodes, RedisSockets sockets) {
        super(sentinels.master(), sockets.toJobs(), sockets.pool(), nodes, sockets.toSentinels(sentinels));
        pools = new PacedPools(sockets);
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
        pools.close();
    }
}
