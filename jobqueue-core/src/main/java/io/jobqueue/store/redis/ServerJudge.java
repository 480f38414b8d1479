package io.jobqueue.store.redis;

import io.jobqueue.UnsuitableStoreException;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Judges whether the servers of a store may keep jobs, each by what it says of itself when it is first met and when it has
 * been away. Those met before the store is in use can be refused. One that is met later, because it was promoted, was added
 * or came back with other settings, is named in the log instead: work that goes on is not to end with a fail-over.
 * Thread-safe.
 */
final class ServerJudge {

    private static final Logger log = LoggerFactory.getLogger(ServerJudge.class);
    private final boolean acceptEviction;
    private final Set<HostAndPort> known = ConcurrentHashMap.newKeySet();
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private volatile boolean inUse;

    /** @param acceptEviction whether a server may evict */
    ServerJudge(boolean acceptEviction) {
        this.acceptEviction = acceptEviction;
    }

    /**
     * Asks a server what it is. One that forbids the question is one of which nothing is known.
     *
     * @throws UnsuitableStoreException when it must not keep jobs
     */
    ServerVerdict judge(HostAndPort server, Connection connection) {
        return ServerVerdict.of(ServerFacts.of(connection), server.toString(), acceptEviction);
    }

    /** The store is in use from now on, and these servers have been judged. */
    void inUse(Collection<HostAndPort> judged) {
        known.addAll(judged);
        inUse = true;
    }

    /**
     * Judges a server that a store in use meets for the first time, or anew.
     *
     * @param connection to that server; must be closed when this throws
     * @throws redis.clients.jedis.exceptions.JedisConnectionException when it does not answer
     */
    void meet(HostAndPort server, Connection connection) {
        if (!inUse || !known.add(server)) {
            return;
        }
        try {
            tell(judge(server, connection).warnings());
        } catch (UnsuitableStoreException e) {
            if (told.add(e.getMessage())) {
                log.error("{}. Work was going on when it was met, and goes on", e.getMessage());
            }
        } catch (JedisDataException e) {
            known.remove(server); // it is loading or busy, as the call behind this one will tell
        } catch (JedisException e) {
            known.remove(server);
            throw RedisFailures.notSent(e);
        }
    }

    /** A server may have gone, and another one answer in its place. */
    void forget(HostAndPort server) {
        known.remove(server);
    }

    /** Warns of what was not warned of before. */
    void tell(Collection<String> warnings) {
        warnings.stream().filter(told::add).forEach(log::warn);
    }
}
