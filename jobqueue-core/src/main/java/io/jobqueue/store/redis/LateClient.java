package io.jobqueue.store.redis;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A client of Jedis that connects when it is made, so it is made by the first call that needs it, and by the next one
 * when that fails: a store opens while its servers are away.
 */
final class LateClient<T extends AutoCloseable> implements AutoCloseable {

    private final Supplier<T> maker;
    private final Duration patience;
    private final ReentrantLock making = new ReentrantLock();
    private volatile @Nullable T made;
    private volatile boolean closed;

    LateClient(Supplier<T> maker, Duration patience) {
        this.maker = maker;
        this.patience = patience;
    }

    T get() {
        T known = made;
        return known != null ? known : make();
    }

    /** Returns the client, or null when no call has needed it yet. */
    @Nullable
    T known() {
        return made;
    }

    private T make() {
        enter();
        try {
            T known = made;
            if (known != null) {
                return known;
            }
            if (closed) {
                throw new JedisConnectionException("Failed to connect: the redis store is closed; open a new one");
            }
            T fresh = maker.get();
            made = fresh;
            return fresh;
        } catch (JedisException e) {
            throw new JedisConnectionException("Failed to connect: " + e.getMessage(), e);
        } finally {
            making.unlock();
        }
    }

    /** Servers that do not answer are waited for by one call; the others wait for it no longer than for an answer. */
    private void enter() {
        try {
            if (making.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new JedisConnectionException("Failed to connect: another call is still looking for the servers");
    }

    @Override
    public void close() {
        making.lock();
        try {
            closed = true;
            T known = made;
            if (known != null) {
                known.close();
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("a client of redis could not be closed", e);
        } finally {
            making.unlock();
        }
    }
}
