package io.jobqueue.store.redis;

import io.jobqueue.store.StoredJob;
import io.jobqueue.store.walk.WholeQueue;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Finds many jobs of a queue by one script, made of what the store's own script finds one with. */
final class RedisPeek implements WholeQueue, AutoCloseable {

    private final RedisStore store;
    private final RedisLines lines;
    private final ScriptRunner runner;
    private final RedisScript script;

    private RedisPeek(RedisStore store, RedisLines lines, ScriptRunner runner, RedisScript script) {
        this.store = store;
        this.lines = lines;
        this.runner = runner;
        this.script = script;
    }

    static RedisPeek open(RedisStore store, RedisConnection connection, String keyPrefix, StoreClock clock) {
        return open(store, connection, keyPrefix, RedisScript.texts(clock, false), clock);
    }

    static RedisPeek open(
            RedisStore store,
            RedisConnection connection,
            String keyPrefix,
            UnaryOperator<String> scripts,
            StoreClock clock) {
        RedisLines lines = new RedisLines(connection, null);
        return new RedisPeek(
                store, lines, TestRunner.of(lines, new RedisKeys(keyPrefix), clock), RedisScript.load("peek", scripts));
    }

    @Override
    public String shown(String queue, List<String> ids) {
        ScriptArguments arguments = new ScriptArguments(ids.size() + 2).number(ids.size());
        ids.forEach(arguments::text);
        List<Object> answer = runner.list(script, queue, arguments);
        return WholeQueue.show(
                store,
                queue,
                IntStream.range(0, ids.size())
                        .mapToObj(i -> job(ids.get(i), answer.get(i)))
                        .toList());
    }

    private static Optional<StoredJob> job(String id, Object parts) {
        return parts instanceof List<?> found
                ? Optional.of(LedgerFormat.read(id, found).job())
                : Optional.empty();
    }

    @Override
    public void close() {
        lines.close();
    }
}
