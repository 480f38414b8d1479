package io.jobqueue.store.redis;

import io.jobqueue.StoreUnavailableException;
import io.jobqueue.StoreUnavailableException.Outcome;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisMovedDataException;

/**
 * Waits for wake-ups: a blocking pop on a connection that does nothing else, one for every thread that waits
 * at the same time, to the server that has the key.
 */
final class WakeLine implements AutoCloseable {

    private static final double MILLIS_PER_SECOND = 1000.0;

    private final RedisLines lines;
    private final RedisFailures failures;
    private final Map<HostAndPort, Queue<Connection>> idle = new ConcurrentHashMap<>();
    private final Map<Connection, HostAndPort> waiting = new ConcurrentHashMap<>();
    private volatile boolean closed;

    WakeLine(RedisLines lines, RedisFailures failures) {
        this.lines = lines;
        this.failures = failures;
    }

    boolean await(byte[] key, Duration atMost) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        requireOpen();
        Connection redis = null;
        try {
            HostAndPort server = lines.engine().master(key);
            redis = open(server);
            boolean woken = pop(redis, key, atMost);
            waiting.remove(redis);
            idle(server).add(redis);
            return woken;
        } catch (JedisException e) {
            abandon(redis);
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while waiting for work");
            }
            lines.engine().lookAgain();
            lines.demotions().heed(e);
            throw failures.explain(e);
        }
    }

    /** When the key has moved the wait ends early, and the next one is where it has moved to. */
    private boolean pop(Connection redis, byte[] key, Duration atMost) {
        try {
            return redis.executeCommand(popping(key, atMost)) != null;
        } catch (JedisMovedDataException e) {
            lines.engine().lookAgain(redis);
            return false;
        }
    }

    private static CommandObject<Object> popping(byte[] key, Duration atMost) {
        CommandArguments arguments =
                new CommandArguments(Protocol.Command.BLPOP).blocking().key(key).add(seconds(atMost));
        return new CommandObject<>(arguments, BuilderFactory.RAW_OBJECT);
    }

    private void requireOpen() {
        if (closed) {
            throw new StoreUnavailableException("the redis store is closed; open a new one", Outcome.REFUSED, null);
        }
    }

    private Connection open(HostAndPort server) {
        Connection known = idle(server).poll();
        Connection redis = known != null ? known : lines.openWaiting(server);
        waiting.put(redis, server);
        if (closed) {
            close(redis);
        }
        return redis;
    }

    private Queue<Connection> idle(HostAndPort server) {
        return idle.computeIfAbsent(server, any -> new ConcurrentLinkedQueue<>());
    }

    /** A server that broke one connection, or is not in charge any more, is not kept any other to. */
    private void abandon(@Nullable Connection redis) {
        HostAndPort server = redis == null ? null : waiting.remove(redis);
        if (redis != null) {
            close(redis);
        }
        Queue<Connection> others = server == null ? null : idle.remove(server);
        if (others != null) {
            others.forEach(WakeLine::close);
        }
    }

    /** Redis takes zero for ever, and the connection gives up on a longer silence. */
    private static double seconds(Duration atMost) {
        long longest = RedisLines.longestSilence().dividedBy(2).toMillis();
        return Math.max(1, Math.min(atMost.toMillis(), longest)) / MILLIS_PER_SECOND;
    }

    private static void close(Connection redis) {
        try {
            redis.close();
        } catch (JedisException e) {
            // a connection that cannot even be closed is gone
        }
    }

    @Override
    public void close() {
        closed = true;
        waiting.keySet().forEach(WakeLine::close);
        idle.values().forEach(connections -> {
            for (Connection redis = connections.poll(); redis != null; redis = connections.poll()) {
                close(redis);
            }
        });
    }
}
