package io.jobqueue.store.redis;

import java.util.Set;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.providers.PooledConnectionProvider;

/** One server, always the same. */
final class StandaloneTopology implements RedisTopology {

    private final HostAndPort server;
    private final ReconnectPace pace;
    private final RedisClient client;

    StandaloneTopology(RedisNode node, RedisSockets sockets) {
        server = node.address();
        pace = sockets.pace();
        client = RedisClient.builder()
                .hostAndPort(server)
                .clientConfig(sockets.toJobs())
                .connectionProvider(new PooledConnectionProvider(sockets.connectionsTo(server), sockets.pool()))
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
        return client.getPool().getResource();
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
        pace.suspect(server);
        client.getPool().clear();
    }

    @Override
    public void close() {
        client.close();
    }
}
