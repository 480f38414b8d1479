package io.jobqueue.store.redis;

/** What runs scripts of a test's own, beside a store. */
final class TestRunner {

    private TestRunner() {}

    static ScriptRunner of(RedisLines lines) {
        return of(lines, new RedisKeys("jq"), StoreClock.SERVER);
    }

    static ScriptRunner of(RedisLines lines, RedisKeys keys, StoreClock clock) {
        RedisScript rights = RedisScript.load("rights", RedisScript.texts(clock, false));
        return new ScriptRunner(
                lines.application(),
                keys,
                clock,
                lines.failures(keys),
                new QueueRights(rights, keys, lines.access(keys)),
                lines.demotions());
    }
}
