package io.jobqueue.store.redis;

import io.jobqueue.StoreUnavailableException;
import io.jobqueue.StoreUnavailableException.Outcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisException;

/** How a server tells that more than its memory has what was written. */
@FunctionalInterface
interface Confirmation {

    /** For a server that answers nothing before its disk has it. */
    Confirmation BY_THE_ANSWER = (connection, atMost) -> {};

    /** The server's own append-only file. */
    Confirmation BY_ITS_DISK = (connection, atMost) -> {
        if (!connection.awaitDisk(atMost)) {
            throw unconfirmed("the disk of the server did not have it within " + atMost, null);
        }
    };

    /** A number of replicas. */
    static Confirmation by(int replicas) {
        return (connection, atMost) -> {
            long had = connection.awaitReplicas(replicas, atMost);
            if (had < replicas) {
                throw unconfirmed(had + " of " + replicas + " replicas had it within " + atMost, null);
            }
        };
    }

    /**
     * Waits until what was written by the connection is confirmed.
     *
     * @throws StoreUnavailableException with {@code UNKNOWN} when it is not in time
     * @throws JedisException when there was no such answer
     */
    void await(HeldConnection connection, Duration atMost);

    /** Says that something is written and no more is known. */
    static StoreUnavailableException unconfirmed(String why, @Nullable Throwable cause) {
        return new StoreUnavailableException("written, but not confirmed: " + why, Outcome.UNKNOWN, cause);
    }
}
