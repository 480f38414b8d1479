package io.jobqueue.store.memory;

import io.jobqueue.Dedup;
import io.jobqueue.Dedup.Mode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The dedup keys of one queue and who holds them. Guarded by the queue's lock. */
final class DedupKeys {

    private final Map<String, HeldKey> byKey = new HashMap<>();
    private final TreeSet<HeldKey> timed = new TreeSet<>(DedupKeys::byExpiry);
    private long ordinal;

    /**
     * A key that a job has taken.
     *
     * @param expiry when its time is over; {@link Long#MAX_VALUE} when it has no end by time
     * @param ordinal tells keys of one expiry apart
     */
    record HeldKey(String key, String holder, Mode mode, long expiry, long ordinal) {

        private boolean holds(@Nullable MemoryJob job) {
            return switch (mode) {
                case WINDOW -> true;
                case UNTIL_TERMINAL, UNTIL_TERMINAL_OR_TTL -> job != null && !job.state.isTerminal();
                case DEBOUNCE -> job != null && job.hasNotStarted();
            };
        }
    }

    /** Returns whether no key is held, nor one whose time is over remembered. */
    boolean isEmpty() {
        return byKey.isEmpty();
    }

    /** Returns the key when it still holds; null when it is free. */
    @Nullable
    HeldKey held(String key, JobTable jobs, long now) {
        HeldKey held = byKey.get(key);
        return held == null || held.expiry <= now || !held.holds(jobs.get(held.holder)) ? null : held;
    }

    /** Gives the key of a new job to it, whoever had it before. */
    void take(Dedup dedup, String holder, long now) {
        Duration ttl = dedup.ttl();
        HeldKey taken = new HeldKey(
                dedup.key(), holder, dedup.mode(), ttl == null ? Long.MAX_VALUE : now + ttl.toMillis(), ++ordinal);
        HeldKey before = byKey.put(dedup.key(), taken);
        if (before != null) {
            timed.remove(before);
        }
        if (taken.expiry < Long.MAX_VALUE) {
            timed.add(taken);
        }
    }

    /** Frees the key of a job that ends, unless it is held for a time or by another job meanwhile. */
    void free(MemoryJob job) {
        HeldKey held = job.dedupKey == null ? null : byKey.get(job.dedupKey);
        if (held != null && held.mode != Mode.WINDOW && held.holder.equals(job.id)) {
            byKey.remove(held.key);
            timed.remove(held);
        }
    }

    /** Forgets up to {@code limit} keys whose time is over; returns how many. */
    int purge(long now, int limit) {
        int purged = 0;
        while (purged < limit && !timed.isEmpty() && timed.first().expiry <= now) {
            byKey.remove(timed.pollFirst().key);
            purged++;
        }
        return purged;
    }

    private static int byExpiry(HeldKey left, HeldKey right) {
        int byExpiry = Long.compare(left.expiry, right.expiry);
        return byExpiry != 0 ? byExpiry : Long.compare(left.ordinal, right.ordinal);
    }
}
