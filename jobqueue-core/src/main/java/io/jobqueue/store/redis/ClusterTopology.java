package io.jobqueue.store.redis;

import java.util.Set;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.util.JedisClusterCRC16;

/** The masters of a cluster, each for its slots. */
final class ClusterTopology implements RedisTopology {

    private final LateClient<Clustered> clustered;

    ClusterTopology(Set<RedisNode> seeds, RedisSockets sockets) {
        clustered = new LateClient<>(
                () -> Clustered.connect(RedisNode.addresses(seeds), sockets), sockets.commandTimeout());
    }

    @Override
    public UnifiedJedis client() {
        return clustered.get().client();
    }

    @Override
    public HostAndPort master(byte[] key) {
        HostAndPort master = clustered.get().provider().getNode(JedisClusterCRC16.getSlot(key));
        if (master == null) {
            lookAgain();
            throw new JedisConnectionException("Failed to connect: no node of the cluster has the slot of the key");
        }
        return master;
    }

    @Override
    public Set<HostAndPort> masters() {
        return clustered.get().provider().masters();
    }

    @Override
    public Connection borrow(HostAndPort server) {
        return clustered.get().provider().getConnection(server);
    }

    @Override
    public void lookAgain() {
        Clustered known = clustered.known();
        if (known != null) {
            ClusterCalls.renew(known.provider());
        }
    }

    @Override
    public void lookAgain(Connection witness) {
        clustered.get().provider().renewSlotCache(witness);
    }

    @Override
    public void dropIdle() {
        Clustered known = clustered.known();
        if (known != null) {
            known.provider().dropIdle();
        }
    }

    @Override
    public void leave() {
        Clustered known = clustered.known();
        if (known != null) {
            known.provider().leave();
            lookAgain();
        }
    }

    @Override
    public void close() {
        clustered.close();
    }

    private record Clustered(PacedCluster provider, RedisClusterClient client) implements AutoCloseable {

        static Clustered connect(Set<HostAndPort> seeds, RedisSockets sockets) {
            PacedCluster provider = PacedCluster.connect(seeds, sockets);
            return new Clustered(
                    provider,
                    RedisClusterClient.builder()
                            .nodes(seeds)
                            .clientConfig(sockets.toJobs())
                            .connectionProvider(provider)
                            .commandExecutor(new ClusterCalls(provider, sockets.maxRedirects(), sockets.movePatience()))
                            .build());
        }

        @Override
        public void close() {
            client.close();
        }
    }
}
