package io.jobqueue.store.redis;

import io.jobqueue.JobQueueException;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.StoreUnavailableException.Outcome;
import java.util.function.Consumer;
import java.util.function.Function;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
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
     * Makes calls over one connection. A redirection, a refusal because the slot is on the move, and one because the
     * server is not in charge any more must come before anything is written; then all of them are made again, where they
     * belong.
     *
     * @param key one of those that the calls are about
     * @throws StoreUnavailableException when there was no answer
     */
    <T> T hold(byte[] key, Function<HeldConnection, T> calls) {
        requireOpen();
        try {
            return patience.call(() -> follow(key, calls));
        } catch (JedisException e) {
            throw explain(e);
        }
    }

    /**
     * Makes calls over a connection to each master that answers and takes calls now.
     *
     * @throws StoreUnavailableException when none does
     */
    void holdEach(Consumer<HeldConnection> calls) {
        requireOpen();
        JedisException failure = null;
        boolean reached = false;
        try {
            for (HostAndPort master : topology.masters()) {
                try (HeldConnection connection = HeldConnection.of(topology.borrow(master))) {
                    calls.accept(connection);
                    reached = true;
                } catch (JedisException e) {
                    failure = e;
                }
            }
        } catch (JedisException e) {
            throw explain(e);
        }
        if (!reached && failure != null) {
            throw explain(failure);
        }
    }

    private JobQueueException explain(JedisException failure) {
        if (failure instanceof JedisConnectionException) {
            topology.dropIdle();
            topology.lookAgain();
        } else {
            demotions.heed(failure);
        }
        return failures.explain(failure);
    }

    private void requireOpen() {
        if (closed) {
            throw new StoreUnavailableException("the redis store is closed; open a new one", Outcome.REFUSED, null);
        }
    }

    /** A former master that is a replica now does not say where to go, but it knows. */
    private <T> T follow(byte[] key, Function<HeldConnection, T> calls) {
        HostAndPort master = topology.master(key);
        try {
            return follow(master, calls);
        } catch (JedisDataException e) {
            HostAndPort other = Demotions.isDemotion(String.valueOf(e.getMessage())) ? topology.master(key) : master;
            if (other.equals(master)) {
                throw e;
            }
            return follow(other, calls);
        }
    }

    private <T> T follow(HostAndPort master, Function<HeldConnection, T> calls) {
        JedisRedirectionException redirection;
        try (Connection connection = topology.borrow(master)) {
            try {
                return calls.apply(HeldConnection.of(connection));
            } catch (JedisRedirectionException e) {
                redirection = e;
                ask(connection);
            } catch (JedisDataException e) {
                if (Demotions.isDemotion(String.valueOf(e.getMessage()))) {
                    ask(connection);
                }
                throw e;
            }
        }
        return follow(redirection, calls, MOST_REDIRECTIONS - 1);
    }

    /** Asks a server that is not in charge who is: others may not have heard of it yet. */
    private void ask(Connection server) {
        try {
            topology.lookAgain(server);
        } catch (JedisException e) {
            topology.lookAgain();
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
