package io.jobqueue.store.redis;

import io.jobqueue.JobQueueException;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.StoreUnavailableException.Outcome;
import java.util.Set;
import redis.clients.jedis.exceptions.JedisClusterOperationException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** Tells what a failed call means: whether it certainly did not happen, and what to do. */
final class RedisFailures {

    /** First words of answers that say: nothing was done, try again later. */
    private static final Set<String> AWAY = Set.of(
            "LOADING",
            "READONLY",
            "MASTERDOWN",
            "CLUSTERDOWN",
            "OOM",
            "MISCONF",
            "BUSY",
            "NOREPLICAS",
            "TRYAGAIN",
            "MOVED",
            "ASK",
            "UNBLOCKED",
            "NOAUTH",
            "WRONGPASS",
            "NOPERM");

    /** How failures of calls begin that were not made. */
    private static final String NOT_SENT = "Failed to connect";

    /** What a server says that has as many clients as it takes, behind a word that says nothing, and closes. */
    private static final String FULL = "max number of clients";

    /** What the cluster client of an application says before it has sent anything; otherwise it gave up after it had. */
    private static final Set<String> NOWHERE_TO_SEND =
            Set.of("Could not initialize cluster", "No reachable node in cluster", "Cluster slots");

    private final String location;
    private final boolean tls;
    private final AccessAdvice access;

    RedisFailures(String location, boolean tls, AccessAdvice access) {
        this.location = location;
        this.tls = tls;
        this.access = access;
    }

    private static boolean saysNotSent(JedisException failure) {
        String message = message(failure);
        return message.startsWith(NOT_SENT) || message.startsWith("Failed to create socket");
    }

    /** Returns the failure of what came before a call as one that says that the call was not made. */
    static JedisConnectionException notSent(JedisException failure) {
        return failure instanceof JedisConnectionException said && saysNotSent(failure)
                ? said
                : new JedisConnectionException(NOT_SENT + ": " + message(failure), failure);
    }

    JobQueueException explain(JedisException failure) {
        if (failure instanceof JedisDataException) {
            return explainAnswer(failure);
        }
        Outcome outcome = neverSent(failure) ? Outcome.REFUSED : Outcome.UNKNOWN;
        return new StoreUnavailableException(
                "redis at " + location + " did not answer: " + message(failure) + advice(failure, outcome),
                outcome,
                failure);
    }

    private String advice(JedisException failure, Outcome outcome) {
        return tls && outcome == Outcome.REFUSED ? TlsAdvice.to(failure) : "";
    }

    private JobQueueException explainAnswer(JedisException failure) {
        String message = message(failure);
        String answer = "redis at " + location + " refused: " + message + access.to(message);
        return isAway(message)
                ? new StoreUnavailableException(answer, Outcome.REFUSED, failure)
                : new JobQueueException(answer, failure);
    }

    /** A script passes on the server's refusal of one of its commands behind words of its own. */
    private static boolean isAway(String message) {
        String first = message.split("[ :]", 2)[0];
        return AWAY.contains(first)
                || message.contains("-OOM ")
                || message.contains("-MISCONF ")
                || message.contains(FULL)
                || Demotions.isDemotion(message);
    }

    /**
     * Returns whether a server refused a command that it does not have or the user may not give, and will next time.
     * Otherwise it refused because of what it is doing or is in charge of now.
     */
    static boolean isOfTheCommand(JedisDataException refusal) {
        String message = message(refusal);
        return message.startsWith("NOPERM") || (message.startsWith("ERR") && !isAway(message));
    }

    private static boolean neverSent(JedisException failure) {
        if (failure instanceof JedisClusterOperationException) {
            return NOWHERE_TO_SEND.stream().anyMatch(message(failure)::startsWith);
        }
        return !(failure instanceof JedisConnectionException) || saysNotSent(failure) || TlsAdvice.isHandshake(failure);
    }

    private static String message(Throwable failure) {
        return String.valueOf(failure.getMessage());
    }
}
