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
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.UnifiedJedis;

/**
 * The names of all queues. A name lies in a slot of its own, so it is written when this process first uses the queue,
 * and again from time to time in case the server has lost its data. Only the first time must succeed: later the server
 * of the names may be away while that of the queue is not. Thread-safe.
 */
final class QueueRegistry {

    private static final Logger log = LoggerFactory.getLogger(QueueRegistry.class);
    private static final long BELIEVED_NANOS = Duration.ofMinutes(1).toNanos();

    private final ScriptRunner runner;
    private final byte[] key;
    private final LongSupplier nanos;
    private final ConcurrentHashMap<String, Long> added = new ConcurrentHashMap<>();
    private final AtomicLong refreshable;

    /** @param nanos a clock that never goes back */
    QueueRegistry(ScriptRunner runner, RedisKeys keys, LongSupplier nanos) {
        this.runner = runner;
        this.nanos = nanos;
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
        } else if (now - last > BELIEVED_NANOS && now - refreshable.get() >= 0 && added.replace(queue, last, now)) {
            refresh(queue, now);
        }
    }

    /** Whatever became of the name, nothing has been stored in the queue. */
    private void addFirst(String queue) {
        try {
            write(queue);
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
            write(queue);
        } catch (JobQueueException e) {
            refreshable.set(now + BELIEVED_NANOS);
            log.warn(
                    "The names of the queues in '{}' cannot be refreshed, which leaves out queues when they were lost: {}",
                    shownKey(),
                    e.getMessage());
        }
    }

    private void write(String queue) {
        call(redis -> redis.sadd(key, queue.getBytes(UTF_8)));
    }

    void remove(String queue) {
        added.remove(queue);
        call(redis -> redis.srem(key, queue.getBytes(UTF_8)));
    }

    Set<String> names() {
        return call(redis -> redis.smembers(key)).stream()
                .map(name -> new String(name, UTF_8))
                .collect(Collectors.toUnmodifiableSet());
    }

    private String shownKey() {
        return Names.shown(new String(key, UTF_8), Names.MAX_LENGTH);
    }

    private <T> T call(Function<UnifiedJedis, T> call) {
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
