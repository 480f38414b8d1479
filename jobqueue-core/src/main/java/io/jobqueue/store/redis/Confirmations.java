package io.jobqueue.store.redis;

import io.jobqueue.Durability;
import io.jobqueue.JobQueueException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Finds out how the server can confirm what is asked, and remembers it until it is told to {@link #forget}. Thread-safe.
 */
final class Confirmations {

    private static final Duration BRIEF = Duration.ofMillis(1);

    private final String location;
    private final Map<Durability, Confirmation> known = new ConcurrentHashMap<>();

    Confirmations(String location) {
        this.location = location;
    }

    /**
     * Returns how the server of the connection confirms it.
     *
     * @throws JobQueueException when it cannot: what is missing and what to do
     */
    Confirmation of(Durability asked, HeldConnection connection) {
        Confirmation found = known.get(asked);
        if (found == null) {
            found = ask(asked, connection);
            known.put(asked, found);
        }
        return found;
    }

    /** Asks anew next time: another server may answer, or the same with other settings. */
    void forget() {
        known.clear();
    }

    private Confirmation ask(Durability asked, HeldConnection connection) {
        return switch (asked.kind()) {
            case NONE -> Confirmation.BY_THE_ANSWER;
            case REPLICA -> askReplicas(asked, connection);
            case AOF -> askDisk(asked, connection);
        };
    }

    private Confirmation askReplicas(Durability asked, HeldConnection connection) {
        try {
            connection.awaitReplicas(0, BRIEF);
        } catch (JedisDataException e) {
            throw unable(asked, "the server refuses WAIT (" + e.getMessage() + ")", "allow it", e);
        }
        return Confirmation.by(asked.replicas());
    }

    private Confirmation askDisk(Durability asked, HeldConnection connection) {
        try {
            connection.awaitDisk(BRIEF);
        } catch (JedisDataException e) {
            return withoutWaiting(asked, connection, e);
        }
        String forces = setting("appendfsync", connection);
        if (forces.equals("no")) {
            throw unable(asked, "appendfsync no never tells", "set appendfsync everysec or always", null);
        }
        ServerFacts server = connection.facts();
        if (!forces.equals("always") && server.mayAnswerBeforeItsDisk()) {
            throw unable(
                    asked,
                    server.product()
                            + " may answer WAITAOF before its disk has what was written, unless it forces every"
                            + " write there" + (forces.isEmpty() ? ", which it does not tell" : ""),
                    "set appendfsync always" + (forces.isEmpty() ? " and let the user ask (+config|get)" : ""),
                    null);
        }
        return Confirmation.BY_ITS_DISK;
    }

    private Confirmation withoutWaiting(Durability asked, HeldConnection connection, JedisDataException refusal) {
        if (String.valueOf(refusal.getMessage()).contains("appendonly")) {
            throw unable(asked, "the server keeps no append-only file", "set appendonly yes", refusal);
        }
        boolean forcesEveryWrite = setting("appendonly", connection).equals("yes")
                && setting("appendfsync", connection).equals("always")
                && setting("no-appendfsync-on-rewrite", connection).equals("no");
        if (!forcesEveryWrite) {
            throw unable(
                    asked,
                    "the server refuses WAITAOF (" + refusal.getMessage() + ") and does not say that every write is"
                            + " forced to disk before it is answered",
                    "use Redis 7.2 or newer, or set appendonly yes, appendfsync always and no-appendfsync-on-rewrite no",
                    refusal);
        }
        return Confirmation.BY_THE_ANSWER;
    }

    /** A server that does not tell its settings leaves it open. */
    private static String setting(String name, HeldConnection connection) {
        try {
            return connection.setting(name);
        } catch (JedisDataException e) {
            return "";
        }
    }

    private JobQueueException unable(Durability asked, String why, String remedy, @Nullable JedisDataException cause) {
        return new JobQueueException(
                "durability " + asked + ": redis at " + location + " cannot confirm it, because " + why + "; " + remedy
                        + ", or ask for another durability; nothing was stored",
                cause);
    }
}
