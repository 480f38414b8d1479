package io.jobqueue.store.redis;

import io.jobqueue.StoreUnavailableException;
import io.jobqueue.StoreUnavailableException.Outcome;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Waits for wake-ups: a blocking pop on a connection that does nothing else, one for every thread that waits
 * at the same time.
 */
final class WakeLine implements AutoCloseable {

    private static final double MILLIS_PER_SECOND = 1000.0;

    private final RedisLines lines;
    private final RedisFailures failures;
    private final ConcurrentLinkedQueue<Jedis> idle = new ConcurrentLinkedQueue<>();
    private final Set<Jedis> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    WakeLine(RedisLines lines, RedisFailures failures) {
        this.lines = lines;
        this.failures = failures;
    }

    boolean await(byte[] key, Duration atMost) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        Jedis redis = null;
        try {
            redis = open();
            boolean woken = redis.blpop(seconds(atMost), key) != null;
            waiting.remove(redis);
            idle.add(redis);
            return woken;
        } catch (JedisException e) {
            if (redis != null) {
                waiting.remove(redis);
                close(redis);
            }
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while waiting for work");
            }
            throw failures.explain(e);
        }
    }

    private Jedis open() {
        if (closed) {
            throw new StoreUnavailableException("the redis store is closed; open a new one", Outcome.REFUSED, null);
        }
        Jedis known = idle.poll();
        Jedis redis = known != null ? known : lines.openWaiting();
        waiting.add(redis);
        if (closed) {
            close(redis);
        }
        return redis;
    }

    /** Redis takes zero for ever, and the connection gives up on a longer silence. */
    private static double seconds(Duration atMost) {
        long longest = RedisLines.longestSilence().dividedBy(2).toMillis();
        return Math.max(1, Math.min(atMost.toMillis(), longest)) / MILLIS_PER_SECOND;
    }

    private static void close(Jedis redis) {
        try {
            redis.close();
        } catch (JedisException e) {
            // a connection that cannot even be closed is gone
        }
    }

    @Override
    public void close() {
        closed = true;
        waiting.forEach(WakeLine::close);
        for (Jedis redis = idle.poll(); redis != null; redis = idle.poll()) {
            close(redis);
        }
    }
}
