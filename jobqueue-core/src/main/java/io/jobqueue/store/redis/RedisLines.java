package io.jobqueue.store.redis;

import java.net.Socket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * The connections of one store, each kind apart from the others: the application's calls may use up their pool
 * without holding up a worker, and nothing waits behind a blocking call.
 */
final class RedisLines implements AutoCloseable {

    private static final int MOST_ENGINE_CALLS = 256;
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

    private final RedisConnection connection;
    private final @Nullable RedisClient callers;
    private final RedisClient application;
    private final RedisClient engine;
    private volatile boolean closed;

    /**
     * @param callers the caller's client for the application's calls, which stays the caller's to close; null for one
     *     of the store's own
     */
    RedisLines(RedisConnection connection, @Nullable RedisClient callers) {
        this.connection = connection;
        this.callers = callers;
        application = callers != null ? callers : client(connection.poolMaxTotal);
        engine = client(MOST_ENGINE_CALLS);
    }

    /** Returns the pool of the application's calls: enqueue, find, cancel, progress. */
    RedisClient application() {
        return application;
    }

    /** Returns the pool of the engine's calls: exchange, renew, maintenance. */
    RedisClient engine() {
        return engine;
    }

    /**
     * Opens a connection for one thread that waits in it. An interrupt of that thread closes it; silence of
     * more than {@link #longestSilence()} does too.
     */
    Jedis openWaiting() {
        return new Jedis(this::socket, config());
    }

    /** A connection that was closed under its thread would quietly open itself again. */
    private Socket socket() {
        if (closed) {
            throw new JedisConnectionException("the redis store is closed; open a new one");
        }
        return new ChannelSockets(connection).createSocket();
    }

    static Duration longestSilence() {
        return LONGEST_SILENCE;
    }

    String describe() {
        return connection.describe();
    }

    private RedisClient client(int maxTotal) {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(maxTotal);
        pool.setMaxIdle(maxTotal);
        pool.setMaxWait(connection.poolMaxWait);
        return RedisClient.builder()
                .hostAndPort(new HostAndPort(connection.host, connection.port))
                .clientConfig(config())
                .poolConfig(pool)
                .build();
    }

    private JedisClientConfig config() {
        int timeout = Math.toIntExact(connection.commandTimeout.toMillis());
        DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder()
                .user(connection.username)
                .password(connection.password)
                .database(connection.database)
                .clientName(connection.clientName)
                .connectionTimeoutMillis(timeout)
                .socketTimeoutMillis(timeout)
                .blockingSocketTimeoutMillis(Math.toIntExact(LONGEST_SILENCE.toMillis()));
        if (connection.sslSocketFactory != null) {
            config.ssl(true).sslSocketFactory(connection.sslSocketFactory).sslParameters(connection.sslParameters);
        }
        return config.build();
    }

    @Override
    public void close() {
        closed = true;
        if (callers == null) {
            application.close();
        }
        engine.close();
    }
}
