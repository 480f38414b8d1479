package io.jobqueue.store.redis;

import io.jobqueue.JobQueueException;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.StoreUnavailableException.Outcome;
import java.util.Set;
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

    private final String location;

    RedisFailures(String location) {
        this.location = location;
    }

    JobQueueException explain(JedisException failure) {
        if (failure instanceof JedisDataException) {
            return explainAnswer(failure);
        }
        Outcome outcome = neverSent(failure) ? Outcome.REFUSED : Outcome.UNKNOWN;
        return new StoreUnavailableException(
                "redis at " + location + " did not answer: " + message(failure), outcome, failure);
    }

    private JobQueueException explainAnswer(JedisException failure) {
        String message = message(failure);
        String answer = "redis at " + location + " refused: " + message;
        return isAway(message)
                ? new StoreUnavailableException(answer, Outcome.REFUSED, failure)
                : new JobQueueException(answer, failure);
    }

    /** A script passes on the server's refusal of one of its commands behind words of its own. */
    private static boolean isAway(String message) {
        String first = message.split("[ :]", 2)[0];
        return AWAY.contains(first) || message.contains("-OOM ") || message.contains("-MISCONF ");
    }

    private static boolean neverSent(JedisException failure) {
        String message = message(failure);
        return !(failure instanceof JedisConnectionException)
                || message.startsWith("Failed to connect")
                || message.startsWith("Failed to create socket");
    }

    private static String message(Throwable failure) {
        return String.valueOf(failure.getMessage());
    }
}
