package io.jobqueue.store.redis;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * How often one store tries to connect to a server that is away: one attempt at a time, and after one that failed the
 * next half a second later. Whoever comes meanwhile waits for that next attempt and shares its end, so that a server that
 * comes back is not met by a storm, and no call fails that was made when it was back. A server that answers is connected
 * to as fast as anybody asks. Thread-safe.
 */
final class ReconnectPace {

    static final Duration PAUSE = Duration.ofMillis(500);

    private final LongSupplier nanos;
    private final Duration patience;
    private final Wait wait;
    private final Map<HostAndPort, Standing> servers = new ConcurrentHashMap<>();

    /**
     * @param nanos a clock that never goes back
     * @param patience how long a caller waits for the attempts of others
     * @param wait waits for the next attempt
     */
    ReconnectPace(LongSupplier nanos, Duration patience, Wait wait) {
        this.nanos = nanos;
        this.patience = patience;
        this.wait = wait;
    }

    /**
     * Connects to a server.
     *
     * @throws JedisConnectionException when the attempt failed with it, or there is none for now
     */
    <T, E extends Exception> T connect(HostAndPort server, Attempt<T, E> attempt) throws E {
        return standing(server).connect(attempt);
    }

    /**
     * Connects to a server without waiting for an attempt that is not due: then the end of the last one is this one's too.
     * For callers that have other servers to see to, and ask again by themselves.
     *
     * @throws JedisConnectionException when the attempt failed with it, or there is none for now
     */
    <T, E extends Exception> T connectNow(HostAndPort server, Attempt<T, E> attempt) throws E {
        standing(server).requireDue();
        return connect(server, attempt);
    }

    /** Notes that a connection to a server broke, so that it may be away. */
    void suspect(HostAndPort server) {
        standing(server).suspected = true;
    }

    /** Returns whether somebody waits for the attempt of another. */
    boolean isAwaited(HostAndPort server) {
        return standing(server).attempting.hasQueuedThreads();
    }

    /** Returns what makes calls again for so long by the same clock. */
    MovePatience movePatience(Duration atMost) {
        return new MovePatience(nanos, atMost, wait);
    }

    private Standing standing(HostAndPort server) {
        return servers.computeIfAbsent(server, Standing::new);
    }

    /** What is known of one server. */
    private final class Standing {

        private final HostAndPort server;
        private final ReentrantLock attempting = new ReentrantLock();
        private final AtomicLong refusals = new AtomicLong();
        private volatile boolean suspected;
        private volatile @Nullable Refusal refusal;

        Standing(HostAndPort server) {
            this.server = server;
        }

        <T, E extends Exception> T connect(Attempt<T, E> attempt) throws E {
            Refusal known = refusal;
            if (!suspected && known == null) {
                return make(attempt);
            }
            enter();
            try {
                Refusal last = refusal;
                if (last != null) {
                    boolean sinceWeAsked = known == null || known.number() != last.number();
                    if (sinceWeAsked) {
                        throw last.shared();
                    }
                    waitSince(last);
                }
                return make(attempt);
            } finally {
                attempting.unlock();
            }
        }

        void requireDue() {
            Refusal last = refusal;
            if (last != null && (untilDue(last) > 0 || attempting.isLocked())) {
                throw last.shared();
            }
        }

        private long untilDue(Refusal last) {
            return PAUSE.toNanos() - (nanos.getAsLong() - last.at());
        }

        private <T, E extends Exception> T make(Attempt<T, E> attempt) throws E {
            try {
                T made = attempt.make();
                suspected = false;
                refusal = null;
                return made;
            } catch (JedisConnectionException e) {
                refusal = new Refusal(e, nanos.getAsLong(), refusals.incrementAndGet());
                throw e;
            }
        }

        private void waitSince(Refusal last) {
            long left = untilDue(last);
            if (left > 0) {
                try {
                    wait.pass(Duration.ofNanos(left));
                } catch (InterruptedException e) {
                    throw interrupted();
                }
            }
        }

        private void enter() {
            if (attempting.tryLock()) { // without regard to an interrupt, which is the caller's and ends no call
                return;
            }
            try {
                if (attempting.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            } catch (InterruptedException e) {
                throw interrupted();
            }
            throw new JedisConnectionException(
                    "Failed to connect to " + server + ": another call still waits for it to answer");
        }

        private JedisConnectionException interrupted() {
            Thread.currentThread().interrupt();
            return new JedisConnectionException(
                    "Failed to connect to " + server + ": interrupted before the next attempt");
        }
    }

    /** Makes a connection that has been greeted: whoever only takes the socket may still be away. */
    @FunctionalInterface
    interface Attempt<T, E extends Exception> {
        T make() throws E;
    }

    /** Waits on the calling thread. */
    @FunctionalInterface
    interface Wait {
        void pass(Duration time) throws InterruptedException;
    }

    private record Refusal(JedisConnectionException why, long at, long number) {

        /** An exception for each who gets it, with the stack of its thread. */
        JedisConnectionException shared() {
            return new JedisConnectionException(why.getMessage(), why);
        }
    }
}
