package io.jobqueue.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jobqueue.DamagedStoreException;
import io.jobqueue.JobQueueException;
import io.jobqueue.Names;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.StoreUnavailableException.Outcome;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.UnifiedJedis;

/**
 * The names of all queues. A name lies in a slot of its own, so it is written when this process first uses the queue,
 * and again from time to time in case the server has lost its data; who maintains the queue does too. Only the first time must succeed: later the server
 * of the names may be away while that of the queue is not. Thread-safe.
 */
final class QueueRegistry {

    private static final Logger log = LoggerFactory.getLogger(QueueRegistry.class);
    private static final long LATELY_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long BELIEVED_NANOS = Duration.ofMinutes(1).toNanos();

    private final ScriptRunner runner;
    private final RedisKeys keys;
    private final byte[] key;
    private final LongSupplier nanos;
    private final ConcurrentHashMap<String, Long> added = new ConcurrentHashMap<>();
    private final AtomicBoolean refreshing = new AtomicBoolean();
    private final AtomicLong refreshable;

    /** @param nanos a clock that never goes back */
    QueueRegistry(ScriptRunner runner, RedisKeys keys, LongSupplier nanos) {
        this.runner = runner;
        this.nanos = nanos;
        this.keys = keys;
        this.key = keys.queues();
        refreshable = new AtomicLong(nanos.getAsLong());
    }

    /**
     * Adds the name of a queue that something is about to be stored in.
     *
     * @throws StoreUnavailableException with {@code REFUSED} when this process has not added it before and cannot now
     */
    void add(String queue) {
        long now = nanos.getAsLong();
        Long last = added.get(queue);
        if (last == null) {
            addFirst(queue);
            added.put(queue, now);
        } else if (now - last > BELIEVED_NANOS && now - refreshable.get() >= 0) {
            refreshAlone(queue, last, now);
        }
    }

    /** One thread does it at a time: a server that is away must not hold up all who enqueue, each in its own partition. */
    private void refreshAlone(String queue, long last, long now) {
        if (!refreshing.compareAndSet(false, true)) {
            return;
        }
        try {
            if (added.replace(queue, last, now)) {
                refresh(queue, now);
            }
        } finally {
            refreshing.set(false);
        }
    }

    /** Whatever became of the name, nothing has been stored in the queue. */
    private void addFirst(String queue) {
        try {
            write(queue, runner);
        } catch (StoreUnavailableException e) {
            throw new StoreUnavailableException(
                    "queue '" + Names.shown(queue) + "': its name could not be added to '" + shownKey()
                            + "', and without it the queue could not be found; nothing was stored: " + e.getMessage(),
                    Outcome.REFUSED,
                    e);
        }
    }

    /** A failure costs the time of the call, so after one no name is written for a while. */
    private void refresh(String queue, long now) {
        try {
            write(queue, runner);
        } catch (JobQueueException e) {
            leave(e, now);
        }
    }

    private void leave(JobQueueException failure, long now) {
        refreshable.set(now + BELIEVED_NANOS);
        log.warn(
                "The names of the queues in '{}' cannot be refreshed, which leaves out queues when they were lost: {}",
                shownKey(),
                failure.getMessage());
    }

    /**
     * Adds the name of a queue that is maintained here, while anything is stored in it. It may have been lost by a
     * fail-over, or removed by who erased the queue, and those who enqueue believe for a while that it is there. A failure
     * is only told in the log.
     *
     * @param engine makes the calls
     */
    void keep(String queue, ScriptRunner engine) {
        long now = nanos.getAsLong();
        Long last = added.get(queue);
        if ((last != null && now - last < LATELY_NANOS) || now - refreshable.get() < 0) {
            return;
        }
        try {
            if (engine.call(redis -> redis.exists(keys.jobs(queue), keys.sequence(queue))) > 0) {
                boolean wasLost = write(queue, engine) > 0;
                added.put(queue, now);
                if (wasLost) {
                    log.info(
                            "The name of queue '{}' was missing in '{}' and is there again",
                            Names.shown(queue),
                            shownKey());
                }
            }
        } catch (JobQueueException e) {
            leave(e, now);
        }
    }

    private long write(String queue, ScriptRunner runner) {
        return call(runner, redis -> redis.sadd(key, queue.getBytes(UTF_8)));
    }

    void remove(String queue) {
        added.remove(queue);
        call(runner, redis -> redis.srem(key, queue.getBytes(UTF_8)));
    }

    Set<String> names() {
        return call(runner, redis -> redis.smembers(key)).stream()
                .map(name -> new String(name, UTF_8))
                .collect(Collectors.toUnmodifiableSet());
    }

    private String shownKey() {
        return Names.shown(new String(key, UTF_8), Names.MAX_LENGTH);
    }

    private <T> T call(ScriptRunner runner, Function<UnifiedJedis, T> call) {
        try {
            return runner.call(call);
        } catch (JobQueueException e) {
            throw KeyTypes.areWrong(e)
                    ? new DamagedStoreException(
                            KeyTypes.explain(key, "value of another type", "set") + "; rename or delete it", e)
                    : e;
        }
    }
}
