package io.jobqueue.store.redis;

import java.util.Set;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisSentinelClient;
import redis.clients.jedis.UnifiedJedis;

/**
 * The master that Sentinels name. They tell of a new one by themselves, so that nobody writes on to one that has been
 * replaced and would forget it.
 */
final class SentinelTopology implements RedisTopology {

    private final LateClient<Sentineled> sentineled;

    SentinelTopology(RedisServers.Sentinels sentinels, RedisSockets sockets) {
        sentineled = new LateClient<>(() -> Sentineled.connect(sentinels, sockets), sockets.commandTimeout());
    }

    @Override
    public UnifiedJedis client() {
        return sentineled.get().client();
    }

    @Override
    public HostAndPort master(byte[] key) {
        return sentineled.get().provider().getCurrentMaster();
    }

    @Override
    public Set<HostAndPort> masters() {
        return Set.of(sentineled.get().provider().getCurrentMaster());
    }

    @Override
    public Connection borrow(HostAndPort server) {
        return sentineled.get().provider().getConnection();
    }

    @Override
    public void lookAgain() {
        // the Sentinels tell
    }

    @Override
    public void lookAgain(Connection witness) {
        lookAgain();
    }

    @Override
    public void dropIdle() {
        Sentineled known = sentineled.known();
        if (known != null) {
            known.provider().dropIdle();
        }
    }

    @Override
    public void leave() {
        Sentineled known = sentineled.known();
        if (known != null) {
            known.provider().leave();
        }
    }

    @Override
    public void close() {
        sentineled.close();
    }

    private record Sentineled(PacedSentinels provider, RedisSentinelClient client) implements AutoCloseable {

        static Sentineled connect(RedisServers.Sentinels sentinels, RedisSockets sockets) {
            PacedSentinels provider = PacedSentinels.connect(sentinels, sockets);
            return new Sentineled(
                    provider,
                    RedisSentinelClient.builder()
                            .masterName(sentinels.master())
                            .sentinels(RedisNode.addresses(sentinels.nodes()))
                            .clientConfig(sockets.toJobs())
                            .sentinelClientConfig(sockets.toSentinels(sentinels))
                            .connectionProvider(provider)
                            .build());
        }

        @Override
        public void close() {
            client.close();
        }
    }
}
