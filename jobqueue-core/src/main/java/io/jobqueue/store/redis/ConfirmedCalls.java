package io.jobqueue.store.redis;

import io.jobqueue.StoreUnavailableException;
import io.jobqueue.StoreUnavailableException.Outcome;
import java.util.function.Consumer;
import java.util.function.Function;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/**
 * Makes calls whose effect is then waited for, all over one connection to who answers for the queue. They have
 * connections of their own, since they hold them for long. Thread-safe.
 */
final class ConfirmedCalls {

    private static final int MOST_REDIRECTIONS = 5;

    private final RedisTopology topology;
    private final MovePatience patience;
    private final RedisFailures failures;
    private final Demotions demotions;
    private volatile boolean closed;

    ConfirmedCalls(RedisTopology topology, MovePatience patience, RedisFailures failures, Demotions demotions) {
        this.topology = topology;
        this.patience = patience;
        this.failures = failures;
        this.demotions = demotions;
    }

    /**
     * Makes calls over one connection. A redirection, and a refusal because the slot is on the move, must come before
     * anything is written; then all of them are made again, where they belong.
     *
     * @param key one of those that the calls are about
     * @throws StoreUnavailableException when there was no answer
     */
    <T> T hold(byte[] key, Function<HeldConnection, T> calls) {
        requireOpen();
        try {
            return patience.call(() -> follow(key, calls));
        } catch (JedisConnectionException e) {
            topology.dropIdle();
            topology.lookAgain();
            throw failures.explain(e);
        } catch (JedisException e) {
            demotions.heed(e);
            throw failures.explain(e);
        }
    }

    /**
     * Makes calls over a connection to each master that answers.
     *
     * @throws StoreUnavailableException when none does
     */
    void holdEach(Consumer<HeldConnection> calls) {
        requireOpen();
        JedisConnectionException silence = null;
        boolean reached = false;
        try {
            for (HostAndPort master : topology.masters()) {
                try (HeldConnection connection = HeldConnection.of(topology.borrow(master))) {
                    calls.accept(connection);
                    reached = true;
                } catch (JedisConnectionException e) {
                    silence = e;
                }
            }
        } catch (JedisException e) {
            throw failures.explain(e);
        }
        if (!reached && silence != null) {
            topology.dropIdle();
            topology.lookAgain();
            throw failures.explain(silence);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new StoreUnavailableException("the redis store is closed; open a new one", Outcome.REFUSED, null);
        }
    }

    private <T> T follow(byte[] key, Function<HeldConnection, T> calls) {
        try (HeldConnection connection = HeldConnection.of(topology.borrow(topology.master(key)))) {
            return calls.apply(connection);
        } catch (JedisRedirectionException e) {
            topology.lookAgain();
            return follow(e, calls, MOST_REDIRECTIONS - 1);
        }
    }

    private <T> T follow(JedisRedirectionException to, Function<HeldConnection, T> calls, int redirections) {
        try (HeldConnection connection = HeldConnection.redirected(topology.borrow(to.getTargetNode()), to)) {
            return calls.apply(connection);
        } catch (JedisRedirectionException e) {
            if (redirections == 0) {
                throw e;
            }
            return follow(e, calls, redirections - 1);
        }
    }

    void close() {
        closed = true;
    }
}
