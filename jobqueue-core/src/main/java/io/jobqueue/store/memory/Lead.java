package io.jobqueue.store.memory;

import io.jobqueue.store.StaleTermException;
import io.jobqueue.store.Term;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who leads one queue, and until when. Guarded by the queue's lock. */
final class Lead {

    private final String queue;
    private @Nullable Term term;
    private long deadline;
    private long lastNumber;

    Lead(String queue) {
        this.queue = queue;
    }

    Optional<Term> acquire(String candidate, long now, Duration ttl) {
        Term held = deadline > now ? term : null;
        if (held != null && !held.holder().equals(candidate)) {
            return Optional.empty();
        }
        Term mine = held != null ? held : new Term(queue, candidate, ++lastNumber);
        term = mine;
        deadline = now + ttl.toMillis();
        return Optional.of(mine);
    }

    boolean release(Term over) {
        boolean held = over.equals(term);
        if (held) {
            term = null;
        }
        return held;
    }

    void require(Term claimed, long now) {
        if (!claimed.equals(term) || deadline <= now) {
            throw new StaleTermException(claimed);
        }
    }
}
