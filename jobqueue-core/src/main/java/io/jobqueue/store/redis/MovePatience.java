package io.jobqueue.store.redis;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Makes calls again that a cluster has refused because the keys of their slot were on two nodes, on the way from one to
 * the other. Such a call has certainly done nothing. Thread-safe.
 */
final class MovePatience {

    private static final String ON_THE_MOVE = "TRYAGAIN";
    private static final Duration FIRST_PAUSE = Duration.ofMillis(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);

    private final LongSupplier nanos;
    private final Duration atMost;
    private final ReconnectPace.Wait wait;

    /**
     * @param nanos a clock that never goes back
     * @param atMost how long a call is made again
     */
    MovePatience(LongSupplier nanos, Duration atMost, ReconnectPace.Wait wait) {
        this.nanos = nanos;
        this.atMost = atMost;
        this.wait = wait;
    }

    /** Returns what the call answers; throws what it last threw when it is still refused. */
    <T> T call(Supplier<T> call) {
        long begun = nanos.getAsLong();
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                return call.get();
            } catch (JedisDataException e) {
                if (!isOnTheMove(e) || nanos.getAsLong() - begun >= atMost.toNanos()) {
                    throw e;
                }
                pass(pause, e);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }

    private static boolean isOnTheMove(JedisDataException refusal) {
        return refusal.getMessage() != null && refusal.getMessage().startsWith(ON_THE_MOVE);
    }

    private void pass(Duration pause, JedisDataException refusal) {
        try {
            wait.pass(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refusal;
        } catch (JedisConnectionException e) { // the store was closed; what was refused is still certain
            throw refusal;
        }
    }
}
