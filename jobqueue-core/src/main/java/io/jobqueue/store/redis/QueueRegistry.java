package io.jobqueue.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jobqueue.DamagedStoreException;
import io.jobqueue.JobQueueException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import redis.clients.jedis.UnifiedJedis;

/**
 * The names of all queues. A name lies in a slot of its own, so it is written when this process first uses the queue,
 * and again from time to time in case the server has lost its data.
 */
final class QueueRegistry {

    private static final Duration BELIEVED = Duration.ofMinutes(1);

    private final ScriptRunner runner;
    private final byte[] key;
    private final LongSupplier nanos;
    private final ConcurrentHashMap<String, Long> added = new ConcurrentHashMap<>();

    QueueRegistry(ScriptRunner runner, RedisKeys keys, LongSupplier nanos) {
        this.runner = runner;
        this.nanos = nanos;
        this.key = keys.queues();
    }

    void add(String queue) {
        long now = nanos.getAsLong();
        Long last = added.get(queue);
        if (last == null || now - last > BELIEVED.toNanos()) {
            call(redis -> redis.sadd(key, queue.getBytes(UTF_8)));
            added.put(queue, now);
        }
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
