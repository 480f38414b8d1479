package io.jobqueue.store.memory;

import io.jobqueue.store.WorkerSession;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The worker sessions of one queue. Guarded by the queue's lock. */
final class SessionTable {

    private final Map<String, MemorySession> byId = new LinkedHashMap<>();

    /** Returns the session in its lease, begun when it is not known; null when its lease ran out. */
    @Nullable
    MemorySession liveOrNew(WorkerSession session, long now) {
        MemorySession known = byId.computeIfAbsent(session.id(), id -> begin(session, now));
        return known.isExpired(now) ? null : known;
    }

    /** Returns the session in its lease; null when it is not known or its lease ran out. */
    @Nullable
    MemorySession live(WorkerSession session, long now) {
        MemorySession known = byId.get(session.id());
        return known == null || known.isExpired(now) ? null : known;
    }

    /** Returns a session whose lease ran out, null when there is none. */
    @Nullable
    MemorySession anyExpired(long now) {
        for (MemorySession session : byId.values()) {
            if (session.isExpired(now)) {
                return session;
            }
        }
        return null;
    }

    /** Returns the claimed jobs of all sessions. */
    Stream<MemoryJob> jobs() {
        return byId.values().stream().flatMap(session -> session.jobs().stream());
    }

    void forget(MemorySession session) {
        byId.values().remove(session);
    }

    private static MemorySession begin(WorkerSession session, long now) {
        MemorySession begun = new MemorySession(session.worker());
        begun.extendTo(now + session.lease().toMillis());
        return begun;
    }
}
