package io.jobqueue.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The names of all queues: written when this process first uses one, since it lies in a slot of its own. */
final class QueueRegistry {

    private final ScriptRunner runner;
    private final byte[] key;
    private final Set<String> added = ConcurrentHashMap.newKeySet();

    QueueRegistry(ScriptRunner runner, RedisKeys keys) {
        this.runner = runner;
        this.key = keys.queues();
    }

    void add(String queue) {
        if (!added.contains(queue)) {
            runner.call(redis -> redis.sadd(key, queue.getBytes(UTF_8)));
            added.add(queue);
        }
    }

    void remove(String queue) {
        added.remove(queue);
        runner.call(redis -> redis.srem(key, queue.getBytes(UTF_8)));
    }

    Set<String> names() {
        return runner.call(redis -> redis.smembers(key)).stream()
                .map(name -> new String(name, UTF_8))
                .collect(Collectors.toUnmodifiableSet());
    }
}
