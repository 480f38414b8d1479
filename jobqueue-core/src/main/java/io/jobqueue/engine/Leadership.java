package io.jobqueue.engine;

import io.jobqueue.store.LeaderLock;
import io.jobqueue.store.Term;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * This process' candidacy for the maintenance of one queue. Steps belong to the maintenance loop;
 * {@link #leads} is thread-safe.
 */
final class Leadership implements Periodic {

    private static final Duration LONGEST_TERM = Duration.ofSeconds(10);
    private static final Duration SHORTEST_TERM = Duration.ofSeconds(1);
    private static final int EXTENSIONS_PER_TERM = 3;

    private final String queue;
    private final LeaderLock lock;
    private final LongSupplier nanos;
    private final String candidate = Nonce.next();
    private final Duration ttl;
    private volatile @Nullable Term term;
    private volatile long endsAt;

    /**
     * @param lease how long claims of the queue hold; a lost leader is replaced at least as soon as the claims
     *     of a lost worker can be taken over
     */
    Leadership(String queue, Duration lease, LeaderLock lock, LongSupplier nanos) {
        this.queue = queue;
        this.lock = lock;
        this.nanos = nanos;
        ttl = lease.compareTo(LONGEST_TERM) > 0
                ? LONGEST_TERM
                : lease.compareTo(SHORTEST_TERM) < 0 ? SHORTEST_TERM : lease;
    }

    @Override
    public Duration poll() {
        long sentAt = nanos.getAsLong();
        Optional<Term> acquired = lock.acquire(queue, candidate, ttl);
        endsAt = sentAt + ttl.toNanos();
        term = acquired.orElse(null);
        return ttl.dividedBy(EXTENSIONS_PER_TERM);
    }

    /** Returns the term while this process leads. */
    Optional<Term> term() {
        return Optional.ofNullable(endsAt - nanos.getAsLong() > 0 ? term : null);
    }

    boolean leads() {
        return term().isPresent();
    }

    /** Forgets a term the store has declared over. */
    void resign() {
        term = null;
    }

    /** Gives the lead back, so that another process can take it at once. */
    void release() {
        Term held = term;
        term = null;
        if (held != null) {
            lock.release(held);
        }
    }
}
