package io.jobqueue.store.redis;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisProtocol;

/** What Jedis is told of every connection: to jobs, to Sentinels, and in a pool. */
final class RedisSockets {

    static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

    private final RedisConnection connection;
    private final int poolSize;
    private final ReconnectPace pace;
    private final ServerJudge judge;
    private final boolean patient;

    /** @param patient whether a call waits for the next attempt to connect to a server that is away */
    RedisSockets(RedisConnection connection, int poolSize, ReconnectPace pace, ServerJudge judge, boolean patient) {
        this.connection = connection;
        this.poolSize = poolSize;
        this.pace = pace;
        this.judge = judge;
        this.patient = patient;
    }

    /** Returns how often a server that is away is tried. */
    ReconnectPace pace() {
        return pace;
    }

    /** Returns who judges the servers that are connected to. */
    ServerJudge judge() {
        return judge;
    }

    Duration commandTimeout() {
        return connection.commandTimeout;
    }

    /** Returns what waits for slots that are on the move: for as long as a command may take, or not when loops ask again. */
    MovePatience movePatience() {
        return pace.movePatience(patient ? commandTimeout() : Duration.ZERO);
    }

    int maxRedirects() {
        return connection.maxRedirects;
    }

    /** Returns what a pool makes its connections to a server of the jobs with. */
    PacedConnections connectionsTo(HostAndPort server) {
        return new PacedConnections(server, toJobs(), pace, patient);
    }

    ConnectionPoolConfig pool() {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(poolSize);
        pool.setMaxIdle(poolSize);
        pool.setMaxWait(connection.poolMaxWait);
        return pool;
    }

    JedisClientConfig toJobs() {
        return toJobs(connection);
    }

    /** Returns what Jedis is told of every connection to the jobs. */
    static JedisClientConfig toJobs(RedisConnection connection) {
        DefaultJedisClientConfig.Builder config =
                config(connection, connection.username, connection.password).database(connection.database);
        if (connection.customizer != null) {
            connection.customizer.accept(config);
        }
        return config.build();
    }

    JedisClientConfig toSentinels(RedisServers.Sentinels sentinels) {
        return config(connection, sentinels.username(), sentinels.password())
                .protocol(
                        RedisProtocol
                                .RESP2) // Jedis 8 listens to Sentinels by a class that warns that it settles for this
                .build();
    }

    private static DefaultJedisClientConfig.Builder config(
            RedisConnection connection, @Nullable String username, @Nullable String password) {
        Duration connecting = connection.connectTimeout != null ? connection.connectTimeout : connection.commandTimeout;
        DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder()
                .user(username)
                .password(password)
                .clientName(connection.clientName)
                .connectionTimeoutMillis(Math.toIntExact(connecting.toMillis()))
                .socketTimeoutMillis(Math.toIntExact(connection.commandTimeout.toMillis()))
                .blockingSocketTimeoutMillis(Math.toIntExact(LONGEST_SILENCE.toMillis()));
        if (connection.sslSocketFactory != null) {
            config.ssl(true).sslSocketFactory(connection.sslSocketFactory).sslParameters(connection.sslParameters);
        }
        return config;
    }
}
