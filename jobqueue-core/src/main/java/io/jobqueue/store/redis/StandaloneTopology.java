package io.jobqueue.store.redis;

import java.util.Set;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.providers.ConnectionProvider;

/** One server, always the same name; who answers to it may change. */
final class StandaloneTopology implements RedisTopology {

    private final HostAndPort server;
    private final PacedPools pools;
    private final RedisClient client;

    StandaloneTopology(RedisNode node, RedisSockets sockets) {
        server = node.address();
        pools = new PacedPools(sockets);
        client = RedisClient.builder()
                .hostAndPort(server)
                .clientConfig(sockets.toJobs())
                .connectionProvider(new OfOneServer(server, pools))
                .build();
    }

    @Override
    public RedisClient client() {
        return client;
    }

    @Override
    public HostAndPort master(byte[] key) {
        return server;
    }

    @Override
    public Set<HostAndPort> masters() {
        return Set.of(server);
    }

    @Override
    public Connection borrow(HostAndPort server) {
        return pools.borrow(this.server);
    }

    @Override
    public void lookAgain() {
        // there is no other
    }

    @Override
    public void lookAgain(Connection witness) {
        lookAgain();
    }

    @Override
    public void dropIdle() {
        pools.dropIdle();
    }

    @Override
    public void leave() {
        pools.leave();
    }

    @Override
    public void close() {
        client.close();
    }

    private record OfOneServer(HostAndPort server, PacedPools pools) implements ConnectionProvider {

        @Override
        public Connection getConnection() {
            return pools.borrow(server);
        }

        @Override
        public Connection getConnection(CommandArguments arguments) {
            return getConnection();
        }

        @Override
        public void close() {
            pools.close();
        }
    }
}
