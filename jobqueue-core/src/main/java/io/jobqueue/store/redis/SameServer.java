package io.jobqueue.store.redis;

import io.jobqueue.UnsuitableStoreException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Sees to it that the client of an application leads where the store's own connections do: jobs that one of them
 * enqueues must be found by the others.
 *
 * @param run identifies the running server; empty when it does not tell
 * @param database the number of the database; empty when the server does not tell
 */
record SameServer(Optional<String> run, Optional<String> database) {

    private static final Pattern DATABASE = Pattern.compile(" db=([0-9]+) ");
    private static final CommandObject<String> CLIENT_INFO =
            new CommandObject<>(new CommandArguments(Protocol.Command.CLIENT).add("INFO"), BuilderFactory.STRING);

    static SameServer of(UnifiedJedis redis) {
        return new SameServer(Optional.ofNullable(ServerFacts.of(redis).facts().get("run_id")), database(redis));
    }

    private static Optional<String> database(UnifiedJedis redis) {
        try {
            Matcher found = DATABASE.matcher(redis.executeCommand(CLIENT_INFO) + " ");
            return found.find() ? Optional.of(found.group(1)) : Optional.empty();
        } catch (JedisDataException e) {
            if (RedisFailures.isOfTheCommand(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Throws {@link UnsuitableStoreException} when the application's client leads elsewhere. */
    void require(SameServer client, String location) {
        require("server", run, client.run, location);
        require("database", database, client.database, location);
    }

    private static void require(String what, Optional<String> ours, Optional<String> theirs, String location) {
        if (ours.isPresent() && theirs.isPresent() && !ours.equals(theirs)) {
            throw new UnsuitableStoreException(
                    "redis at " + location + ": the client of the application is connected to another " + what,
                    "give the client and the store the same server and database");
        }
    }
}
