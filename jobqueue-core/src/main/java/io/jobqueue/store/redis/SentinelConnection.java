package io.jobqueue.store.redis;

import java.net.SocketTimeoutException;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * A connection to a Sentinel. A subscription ends without a word after a silence, which says nothing of the Sentinel: it
 * may have had nothing to tell, or the connection may have died unnoticed. Whoever subscribes anew asks who the master is.
 */
final class SentinelConnection extends Jedis {

    SentinelConnection(HostAndPort sentinel, JedisClientConfig config) {
        super(sentinel, config);
    }

    @Override
    public void subscribe(JedisPubSub listener, String... channels) {
        try {
            super.subscribe(listener, channels);
        } catch (JedisConnectionException e) {
            if (!(e.getCause() instanceof SocketTimeoutException)) {
                throw e;
            }
        }
    }
}
