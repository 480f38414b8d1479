package io.jobqueue.store.memory;

import io.jobqueue.JobError;
import io.jobqueue.JobEvent;
import io.jobqueue.JobEvent.Kind;
import io.jobqueue.JobId;
import io.jobqueue.Progress;
import io.jobqueue.store.EventPage;
import io.jobqueue.store.JobEvents;
import io.jobqueue.store.Partition;
import io.jobqueue.store.Watch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The newest events of one queue. Guarded by the queue's lock. */
final class EventLog {

    private final String queue;
    private final Deque<JobEvent> kept = new ArrayDeque<>();
    private long newest;
    private long watchedUntil;
    private long now;

    EventLog(String queue) {
        this.queue = queue;
    }

    /** Begins a step; its events happen at this time. */
    void enter(long now) {
        this.now = now;
    }

    /** Returns the number of the newest event. */
    long newest() {
        return newest;
    }

    Watch watch(Duration hold) {
        boolean begun = !isWatched();
        watchedUntil = Math.max(watchedUntil, now + hold.toMillis());
        return new Watch(newest, begun);
    }

    void happened(Kind kind, MemoryJob job) {
        happened(kind, job, null, null);
    }

    void failed(Kind kind, MemoryJob job, @Nullable JobError error) {
        happened(kind, job, null, error == null ? null : new JobError(error.type(), error.message(), ""));
    }

    void progressed(MemoryJob job, Progress progress) {
        happened(Kind.PROGRESSED, job, progress, null);
    }

    EventPage since(long sequence, int limit) {
        long from = sequence > newest ? 0 : sequence;
        long missed = Math.max(0, newest - kept.size() - from);
        List<JobEvent> events = kept.stream()
                .filter(event -> event.sequence() > from)
                .limit(limit)
                .toList();
        long last = events.isEmpty() ? newest : events.get(events.size() - 1).sequence();
        return new EventPage(events, missed, last, last < newest);
    }

    /** Drops what nobody listens to any more. */
    void purge() {
        if (!isWatched()) {
            kept.clear();
        }
    }

    private boolean isWatched() {
        return watchedUntil > now;
    }

    private void happened(Kind kind, MemoryJob job, @Nullable Progress progress, @Nullable JobError error) {
        if (isWatched()) {
            JobId id = JobId.of(Partition.queueOf(queue), job.id);
            Instant at = Instant.ofEpochMilli(now);
            kept.addLast(new JobEvent(++newest, at, id, job.spec.type(), kind, job.attempts(), progress, error));
            if (kept.size() > JobEvents.MOST_KEPT) {
                kept.removeFirst();
            }
        }
    }
}
