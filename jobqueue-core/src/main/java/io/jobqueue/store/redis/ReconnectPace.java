package io.jobqueue.store.redis;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * How often one store tries to connect to a server that is away: one attempt at a time, and after one that failed the
 * next half a second later. Whoever comes between fails at once, so that callers do not queue up in an outage and a
 * server that comes back is not met by a storm. A server that answers is connected to as fast as anybody asks.
 * Thread-safe.
 */
final class ReconnectPace {

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final LongSupplier nanos;
    private final Duration patience;
    private final Map<HostAndPort, Standing> servers = new ConcurrentHashMap<>();

    /**
     * @param nanos a clock that never goes back
     * @param patience how long a caller waits for the attempt of another
     */
    ReconnectPace(LongSupplier nanos, Duration patience) {
        this.nanos = nanos;
        this.patience = patience;
    }

    /**
     * Connects to a server.
     *
     * @throws JedisConnectionException when the attempt failed with it, or there is none for now
     */
    <T, E extends Exception> T connect(HostAndPort server, Attempt<T, E> attempt) throws E {
        return standing(server).connect(attempt);
    }

    /** Notes that a connection to a server broke, so that it may be away. */
    void suspect(HostAndPort server) {
        standing(server).suspected = true;
    }

    private Standing standing(HostAndPort server) {
        return servers.computeIfAbsent(server, Standing::new);
    }

    /** What is known of one server. */
    private final class Standing {

        private final HostAndPort server;
        private final ReentrantLock attempting = new ReentrantLock();
        private volatile boolean suspected;
        private volatile @Nullable Refusal refusal;

        Standing(HostAndPort server) {
            this.server = server;
        }

        <T, E extends Exception> T connect(Attempt<T, E> attempt) throws E {
            if (!suspected && refusal == null) {
                return make(attempt);
            }
            enter();
            try {
                requirePauseOver();
                return make(attempt);
            } finally {
                attempting.unlock();
            }
        }

        private <T, E extends Exception> T make(Attempt<T, E> attempt) throws E {
            try {
                T made = attempt.make();
                suspected = false;
                refusal = null;
                return made;
            } catch (JedisConnectionException e) {
                refusal = new Refusal(e, nanos.getAsLong());
                throw e;
            }
        }

        private void requirePauseOver() {
            Refusal last = refusal;
            if (last != null && nanos.getAsLong() - last.at() < PAUSE.toNanos()) {
                throw new JedisConnectionException(
                        "Failed to connect to " + server + ": it was away less than " + PAUSE.toMillis()
                                + " ms ago, and is not tried more often",
                        last.why());
            }
        }

        private void enter() {
            try {
                if (attempting.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new JedisConnectionException(
                    "Failed to connect to " + server + ": another call still waits for it to answer");
        }
    }

    /** Makes a connection that has been greeted: whoever only takes the socket may still be away. */
    @FunctionalInterface
    interface Attempt<T, E extends Exception> {
        T make() throws E;
    }

    private record Refusal(JedisConnectionException why, long at) {}
}
