package io.jobqueue.store.redis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisClusterOperationException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.providers.ClusterConnectionProvider;
import redis.clients.jedis.util.JedisClusterCRC16;

/**
 * The nodes of a cluster, as Jedis keeps them in mind, with pools of our own: no node is connected to faster than a
 * server that is away is to be tried, neither for a call nor to ask who has which slot.
 */
final class PacedCluster extends ClusterConnectionProvider {

    private final Set<HostAndPort> seeds;
    private final JedisClientConfig config;
    private final ReconnectPace pace;
    private final PacedPools pools;
    private final ReentrantLock asking = new ReentrantLock();

    private PacedCluster(HostAndPort first, Set<HostAndPort> seeds, RedisSockets sockets) {
        super(Set.of(first), sockets.toJobs(), sockets.pool());
        this.seeds = seeds;
        config = sockets.toJobs();
        pace = sockets.pace();
        pools = new PacedPools(sockets);
    }

    /**
     * Asks the seeds, one after the other, for the other nodes.
     *
     * @throws JedisClusterOperationException when none of them tells
     */
    static PacedCluster connect(Set<HostAndPort> seeds, RedisSockets sockets) {
        JedisException silence = null;
        for (HostAndPort seed : shuffled(seeds)) {
            try {
                return sockets.pace().connect(seed, () -> askFirst(seed, seeds, sockets));
            } catch (JedisException e) {
                silence = e;
            }
        }
        throw new JedisClusterOperationException(
                "Could not initialize cluster slots cache: " + (silence == null ? "no nodes" : silence.getMessage()),
                silence);
    }

    private static PacedCluster askFirst(HostAndPort seed, Set<HostAndPort> seeds, RedisSockets sockets) {
        try {
            return new PacedCluster(seed, seeds, sockets);
        } catch (JedisClusterOperationException e) {
            for (Throwable hidden : e.getSuppressed()) {
                if (hidden instanceof JedisException why) {
                    throw why;
                }
            }
            throw e;
        }
    }

    /** Asks the nodes, and when none of them tells the seeds; those apart that are away and were tried a moment ago. */
    @Override
    public void renewSlotCache() {
        if (asking.tryLock()) {
            try {
                Set<HostAndPort> nodes = new LinkedHashSet<>(shuffled(nodes()));
                nodes.addAll(shuffled(seeds));
                for (HostAndPort node : nodes) {
                    if (tells(node)) {
                        return;
                    }
                }
            } finally {
                asking.unlock();
            }
        }
    }

    private boolean tells(HostAndPort node) {
        try (Connection connection = pace.connectNow(node, () -> new Connection(node, config))) {
            learnFrom(connection);
            return true;
        } catch (JedisException e) {
            return false; // another one may
        }
    }

    @Override
    public void renewSlotCache(Connection witness) {
        if (asking.tryLock()) {
            try {
                learnFrom(witness);
                return;
            } catch (JedisException e) {
                // the others are asked
            } finally {
                asking.unlock();
            }
            renewSlotCache();
        }
    }

    /** Replaces what is known when the answer is whole. */
    private void learnFrom(Connection node) {
        cache.discoverClusterNodesAndSlots(node);
        pools.keepOnly(nodes());
    }

    @Override
    public Connection getConnection(HostAndPort node) {
        return pools.borrow(node);
    }

    /** Jedis 7 and 8 note the slot of a command in different places, and its keys in the same. */
    @Override
    public Connection getConnection(CommandArguments arguments) {
        List<Object> keys = arguments.getKeys();
        return keys.isEmpty() ? getConnection() : getConnectionFromSlot(slotOf(keys.get(0)));
    }

    private static int slotOf(Object key) {
        return key instanceof byte[] bytes
                ? JedisClusterCRC16.getSlot(bytes)
                : JedisClusterCRC16.getSlot(String.valueOf(key));
    }

    @Override
    public Connection getConnectionFromSlot(int slot) {
        HostAndPort known = getNode(slot);
        if (known == null) {
            renewSlotCache();
            known = getNode(slot);
        }
        return known == null ? getConnection() : pools.borrow(known);
    }

    /** Returns a connection to any master. */
    @Override
    public Connection getConnection() {
        JedisException silence = null;
        for (HostAndPort master : shuffled(masters())) {
            try {
                return pools.borrow(master);
            } catch (JedisException e) {
                silence = e;
            }
        }
        throw new JedisClusterOperationException("No reachable node in cluster.", silence);
    }

    /** Returns all masters there are, as far as is known. */
    Set<HostAndPort> masters() {
        return addresses(getPrimaryNodes().keySet());
    }

    private Set<HostAndPort> nodes() {
        return addresses(getNodes().keySet());
    }

    private static Set<HostAndPort> addresses(Set<String> nodes) {
        return nodes.stream().map(HostAndPort::from).collect(Collectors.toUnmodifiableSet());
    }

    private static List<HostAndPort> shuffled(Set<HostAndPort> nodes) {
        List<HostAndPort> shuffled = new ArrayList<>(nodes);
        Collections.shuffle(shuffled);
        return shuffled;
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
