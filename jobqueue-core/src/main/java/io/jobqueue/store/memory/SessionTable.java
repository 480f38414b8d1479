package io.jobqueue.store.memory;

import io.jobqueue.LiveWorker;
import io.jobqueue.store.WorkerSession;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The worker sessions of one queue. Guarded by the queue's lock. */
final class SessionTable {

    private final Map<String, MemorySession> byId = new LinkedHashMap<>();
    private final Set<String> pausedWorkers = new HashSet<>();

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

    /** Returns the names of paused workers; to be changed by whoever pauses and resumes. */
    Set<String> pausedWorkers() {
        return pausedWorkers;
    }

    /** Returns the workers that are alive, by name, then oldest first. */
    List<LiveWorker> live(String queue, long now) {
        return byId.values().stream()
                .map(session -> session.read(queue, now))
                .filter(Objects::nonNull)
                .sorted(Comparator.comparing(LiveWorker::name).thenComparing(LiveWorker::since))
                .toList();
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
