package io.jobqueue.store.redis;

import org.apache.commons.pool2.PooledObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;

/** What a pool makes its connections to one server with: no faster than a server that is away is to be tried. */
final class PacedConnections extends ConnectionFactory {

    private final HostAndPort server;
    private final ReconnectPace pace;

    PacedConnections(HostAndPort server, JedisClientConfig config, ReconnectPace pace) {
        super(server, config);
        this.server = server;
        this.pace = pace;
    }

    @Override
    public PooledObject<Connection> makeObject() throws Exception {
        return pace.connect(server, super::makeObject);
    }
}
