package io.jobqueue.store.redis;

import org.apache.commons.pool2.PooledObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** What a pool makes its connections to one server with: no faster than a server that is away is to be tried. */
final class PacedConnections extends ConnectionFactory {

    private final HostAndPort server;
    private final ReconnectPace pace;
    private final boolean patient;

    /** @param patient whether a caller waits for an attempt that is not due yet */
    PacedConnections(HostAndPort server, JedisClientConfig config, ReconnectPace pace, boolean patient) {
        super(server, config);
        this.server = server;
        this.pace = pace;
        this.patient = patient;
    }

    @Override
    public PooledObject<Connection> makeObject() throws Exception {
        return patient ? pace.connect(server, this::greeted) : pace.connectNow(server, this::greeted);
    }

    /** A server that takes the connection and does not answer its greeting has not seen the call that it is for. */
    private PooledObject<Connection> greeted() throws Exception {
        try {
            return super.makeObject();
        } catch (JedisConnectionException e) {
            throw RedisFailures.notSent(e);
        }
    }
}
