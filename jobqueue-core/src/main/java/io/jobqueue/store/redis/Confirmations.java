package io.jobqueue.store.redis;

import io.jobqueue.Durability;
import io.jobqueue.JobQueueException;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Finds out how a server can confirm what is asked, and remembers it of each connection until it is told to
 * {@link #forget}: another connection may lead to another server. Settings of a server that vouch for it are asked for
 * every time, for nothing else would show that they have been changed. Thread-safe.
 */
final class Confirmations {

    private static final Duration BRIEF = Duration.ofMillis(1);
    private static final String APPEND_ONLY = "appendonly";
    private static final String FSYNC = "appendfsync";
    private static final String NOT_ON_REWRITE = "no-appendfsync-on-rewrite";
    private static final Map<String, String> EVERY_WRITE_IS_FORCED = Map.of(FSYNC, "always");
    private static final Map<String, String> NO_ANSWER_BEFORE_THE_DISK =
            Map.of(APPEND_ONLY, "yes", FSYNC, "always", NOT_ON_REWRITE, "no");

    private final String location;
    private final Map<Object, Map<Durability, Finding>> known = Collections.synchronizedMap(new WeakHashMap<>());

    Confirmations(String location) {
        this.location = location;
    }

    /**
     * Returns how the server of the connection confirms it.
     *
     * @throws JobQueueException when it cannot: what is missing and what to do
     * @throws JedisDataException when it takes no calls now, or is not in charge
     */
    Confirmation of(Durability asked, HeldConnection connection) {
        Map<Durability, Finding> ofLine = known.computeIfAbsent(connection.line(), line -> new ConcurrentHashMap<>());
        Finding found = ofLine.get(asked);
        if (found == null || found.isOver(connection)) {
            found = ask(asked, connection);
            ofLine.put(asked, found);
        }
        return found.confirmation();
    }

    /** Asks anew next time: another server may answer, or the same with other settings. */
    void forget() {
        known.clear();
    }

    private Finding ask(Durability asked, HeldConnection connection) {
        return switch (asked.kind()) {
            case NONE -> new Finding(Confirmation.BY_THE_ANSWER);
            case REPLICA -> new Finding(askReplicas(asked, connection));
            case AOF -> askDisk(asked, connection);
        };
    }

    private Confirmation askReplicas(Durability asked, HeldConnection connection) {
        try {
            connection.awaitReplicas(0, BRIEF);
        } catch (JedisDataException e) {
            requireLasting(e);
            throw unable(asked, "the server refuses WAIT (" + e.getMessage() + ")", "allow it", e);
        }
        return Confirmation.by(asked.replicas());
    }

    private Finding askDisk(Durability asked, HeldConnection connection) {
        try {
            connection.awaitDisk(BRIEF);
        } catch (JedisDataException e) {
            requireLasting(e);
            return withoutWaiting(asked, connection, e);
        }
        String forces = settings(connection).getOrDefault(FSYNC, "");
        if (forces.equals("no")) {
            throw unable(asked, "appendfsync no never tells", "set appendfsync everysec or always", null);
        }
        ServerFacts server = connection.facts();
        if (!server.mayAnswerBeforeItsDisk()) {
            return new Finding(Confirmation.BY_ITS_DISK);
        }
        if (!forces.equals("always")) {
            throw unable(
                    asked,
                    server.product()
                            + " may answer WAITAOF before its disk has what was written, unless it forces every"
                            + " write there" + (forces.isEmpty() ? ", which it does not tell" : ""),
                    "set appendfsync always" + (forces.isEmpty() ? " and let the user ask (+config|get)" : ""),
                    null);
        }
        return new Finding(Confirmation.BY_ITS_DISK, EVERY_WRITE_IS_FORCED);
    }

    private Finding withoutWaiting(Durability asked, HeldConnection connection, JedisDataException refusal) {
        if (String.valueOf(refusal.getMessage()).contains("appendonly")) {
            throw unable(asked, "the server keeps no append-only file", "set appendonly yes", refusal);
        }
        Finding byTheAnswer = new Finding(Confirmation.BY_THE_ANSWER, NO_ANSWER_BEFORE_THE_DISK);
        if (byTheAnswer.isOver(connection)) {
            throw unable(
                    asked,
                    "the server refuses WAITAOF (" + refusal.getMessage() + ") and does not say that every write is"
                            + " forced to disk before it is answered",
                    "use Redis 7.2 or newer, or set appendonly yes, appendfsync always and no-appendfsync-on-rewrite no",
                    refusal);
        }
        return byTheAnswer;
    }

    /** A server that is busy, or not in charge any more, says nothing of what it can confirm when it is. */
    private static void requireLasting(JedisDataException refusal) {
        if (!RedisFailures.isOfTheCommand(refusal)) {
            throw refusal;
        }
    }

    /** A server that does not tell its settings leaves it open. */
    private static Map<String, String> settings(HeldConnection connection) {
        try {
            return connection.settings(APPEND_ONLY, FSYNC, NOT_ON_REWRITE);
        } catch (JedisDataException e) {
            requireLasting(e);
            return Map.of();
        }
    }

    private JobQueueException unable(Durability asked, String why, String remedy, @Nullable JedisDataException cause) {
        return new JobQueueException(
                "durability " + asked + ": redis at " + location + " cannot confirm it, because " + why + "; " + remedy
                        + ", or ask for another durability; nothing was stored",
                cause);
    }

    /**
     * How a server was found to confirm it.
     *
     * @param vouchers the settings of the server without which it does not, with the values that they must have
     */
    private record Finding(Confirmation confirmation, Map<String, String> vouchers) {

        Finding(Confirmation confirmation) {
            this(confirmation, Map.of());
        }

        boolean isOver(HeldConnection connection) {
            return !vouchers.isEmpty() && !settings(connection).entrySet().containsAll(vouchers.entrySet());
        }
    }
}
