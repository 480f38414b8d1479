package io.jobqueue.store.redis;

import io.jobqueue.store.StoreInfo;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisDataException;

/** What a server says of itself in {@code INFO}. */
record ServerFacts(Map<String, String> facts) {

    private static final CommandObject<String> INFO =
            new CommandObject<>(new CommandArguments(Protocol.Command.INFO), BuilderFactory.STRING);

    /** What is known of a server that does not let its user ask. */
    static final ServerFacts NONE = new ServerFacts(Map.of());

    /** Asks a server; one that does not have the question, or does not let its user ask, says nothing of itself. */
    static ServerFacts of(Connection connection) {
        return orNone(() -> connection.executeCommand(INFO));
    }

    /** Asks the server of a client. */
    static ServerFacts of(UnifiedJedis redis) {
        return orNone(redis::info);
    }

    private static ServerFacts orNone(Supplier<String> info) {
        try {
            return read(info.get());
        } catch (JedisDataException e) {
            if (RedisFailures.isOfTheCommand(e)) {
                return NONE;
            }
            throw e;
        }
    }

    static ServerFacts read(String info) {
        return new ServerFacts(info.lines()
                .filter(line -> !line.startsWith("#") && line.indexOf(':') > 0)
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf(':')),
                        line -> line.substring(line.indexOf(':') + 1).strip(),
                        (first, second) -> second)));
    }

    StoreInfo describe(String mode, String location) {
        return new StoreInfo("redis", mode, location, product(), durability());
    }

    /** Returns name and version; a Valkey also says which Redis it is compatible with, which is not its own. */
    String product() {
        String valkey = facts.get("valkey_version");
        return valkey != null ? "Valkey " + valkey : "Redis " + facts.getOrDefault("redis_version", "unknown");
    }

    /** Returns the first number of the version of Redis that the server is, or is compatible with. */
    Optional<Integer> release() {
        return Optional.ofNullable(facts.get("redis_version"))
                .map(version -> version.split("\\.", 2)[0])
                .filter(release -> release.matches("[0-9]{1,9}"))
                .map(Integer::valueOf);
    }

    /**
     * Returns whether a server that forces its file to disk only now and then may answer {@code WAITAOF} before it has:
     * Redis 7.4.0 to 7.4.2 do, every Valkey that was there to be tested does (8.0.1, 8.1.1, 9.1.2), and who does not say
     * what it is may be one of them.
     */
    boolean mayAnswerBeforeItsDisk() {
        String redis = facts.get("redis_version");
        return redis == null || facts.containsKey("valkey_version") || redis.matches("7\\.4\\.[0-2]");
    }

    /** Returns the version that keeps scripts within Lua, when the server is not known to do so. */
    Optional<String> missingLuaFix() {
        String valkey = facts.get("valkey_version");
        return valkey != null
                ? LuaFixes.OF_VALKEY.missingIn(valkey)
                : Optional.ofNullable(facts.get("redis_version")).flatMap(LuaFixes.OF_REDIS::missingIn);
    }

    Optional<String> evictionPolicy() {
        return Optional.ofNullable(facts.get("maxmemory_policy"));
    }

    Optional<Boolean> keepsAppendOnlyFile() {
        return Optional.ofNullable(facts.get("aof_enabled")).map("1"::equals);
    }

    private String durability() {
        return keepsAppendOnlyFile()
                .map(kept -> kept
                        ? "append-only file"
                        : "no append-only file: jobs since the last snapshot are lost when the server stops")
                .orElse("unknown: the server does not tell");
    }
}
