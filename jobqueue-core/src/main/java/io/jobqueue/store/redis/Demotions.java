package io.jobqueue.store.redis;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Sees to it that a store leaves a server that answers that it is not in charge any more. Nobody closes the connections
 * to it, so they would stay, although the name they were opened by may lead to another server by now. Nothing says when
 * it does, so they are opened anew as long as the server refuses, and once a second at most. Thread-safe.
 */
final class Demotions {

    private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

    /** What {@code WAIT} and {@code WAITAOF} are answered, behind a word that says nothing. */
    private static final String REPLICAS_DO_NOT_WAIT = "cannot be used with replica instances";

    private final LongSupplier nanos;
    private final List<Runnable> steps = new CopyOnWriteArrayList<>();
    private final AtomicLong due;

    /** @param nanos a clock that never goes back */
    Demotions(LongSupplier nanos) {
        this.nanos = nanos;
        due = new AtomicLong(nanos.getAsLong());
    }

    /** Adds what is done to leave a server. */
    void add(Runnable step) {
        steps.add(step);
    }

    /** Leaves the server when this is its refusal. */
    void heed(JedisException failure) {
        if (failure instanceof JedisDataException && isDemotion(String.valueOf(failure.getMessage()))) {
            long now = nanos.getAsLong();
            long last = due.get();
            if (now - last >= 0 && due.compareAndSet(last, now + PAUSE_NANOS)) {
                steps.forEach(Runnable::run);
            }
        }
    }

    /** Returns whether an answer says that the server is not in charge any more; nothing was done then. */
    static boolean isDemotion(String answer) {
        return answer.startsWith("READONLY")
                || answer.startsWith("MASTERDOWN")
                || answer.contains(REPLICAS_DO_NOT_WAIT);
    }
}
