package io.jobqueue.store.memory;

import io.jobqueue.JobState;
import io.jobqueue.QueueCounts;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of one queue by id, by place, by due time and by end of retention. A job's method here is its
 * step to the state it names. Guarded by the queue's lock.
 */
final class JobTable {

    private final Map<String, MemoryJob> byId = new HashMap<>();
    private final TreeSet<MemoryJob> waiting = new TreeSet<>(JobTable::byPlace);
    private final TreeSet<MemoryJob> scheduled = new TreeSet<>(JobTable::byTime);
    private final TreeSet<MemoryJob> retained = new TreeSet<>(JobTable::byTime);
    private final Map<JobState, Long> ended = new EnumMap<>(JobState.class);
    private long ordinal;

    @Nullable
    MemoryJob get(String id) {
        return byId.get(id);
    }

    /** Returns the job unless its retention is over, purged or not. */
    @Nullable
    MemoryJob getKept(String id, long now) {
        MemoryJob job = byId.get(id);
        return job == null || job.isPastRetention(now) ? null : job;
    }

    boolean anyWaiting() {
        return !waiting.isEmpty();
    }

    /** Returns when the next scheduled job is due, {@link Long#MAX_VALUE} when none is scheduled. */
    long nextDue() {
        return scheduled.isEmpty() ? Long.MAX_VALUE : scheduled.first().time;
    }

    QueueCounts counts(String queue) {
        return new QueueCounts(
                queue,
                scheduled.size(),
                waiting.size(),
                (long) byId.size() - scheduled.size() - waiting.size() - retained.size(),
                ended(JobState.COMPLETED),
                ended(JobState.FAILED),
                ended(JobState.CANCELLED));
    }

    void addWaiting(MemoryJob job, long now) {
        byId.put(job.id, job);
        placeLast(job, now);
    }

    void addScheduled(MemoryJob job, long due) {
        byId.put(job.id, job);
        place(job, JobState.SCHEDULED, due);
    }

    void waitLast(MemoryJob job, long now) {
        leave(job);
        placeLast(job, now);
    }

    void waitAtOldPlace(MemoryJob job, long now) {
        leave(job);
        placeWaiting(job, now);
    }

    void schedule(MemoryJob job, long due) {
        leave(job);
        place(job, JobState.SCHEDULED, due);
    }

    int promote(long now, int limit) {
        int promoted = 0;
        while (promoted < limit && nextDue() <= now) {
            MemoryJob job = scheduled.first();
            waitLast(job, job.time);
            promoted++;
        }
        return promoted;
    }

    @Nullable
    MemoryJob activateNext() {
        MemoryJob job = waiting.pollFirst();
        if (job != null) {
            job.state = JobState.ACTIVE;
        }
        return job;
    }

    void end(MemoryJob job, JobState state, long now, long keptUntil) {
        leave(job);
        job.finishedAt = now;
        ended.merge(state, 1L, Long::sum);
        place(job, state, keptUntil);
    }

    void remove(MemoryJob job) {
        leave(job);
        byId.remove(job.id);
    }

    int purge(long now, int limit) {
        int purged = 0;
        while (purged < limit && !retained.isEmpty() && retained.first().isPastRetention(now)) {
            remove(retained.first());
            purged++;
        }
        return purged;
    }

    private void placeLast(MemoryJob job, long since) {
        job.sequence = ++ordinal;
        placeWaiting(job, since);
    }

    private void placeWaiting(MemoryJob job, long since) {
        job.waitingSince = since;
        job.state = JobState.WAITING;
        waiting.add(job);
    }

    private void place(MemoryJob job, JobState state, long time) {
        job.time = time;
        job.timeOrder = ++ordinal;
        job.state = state;
        (state == JobState.SCHEDULED ? scheduled : retained).add(job);
    }

    private void leave(MemoryJob job) {
        if (job.state == JobState.WAITING) {
            waiting.remove(job);
        } else if (job.state == JobState.SCHEDULED) {
            scheduled.remove(job);
        } else if (job.state.isTerminal()) {
            retained.remove(job);
            ended.merge(job.state, -1L, Long::sum);
        }
    }

    private long ended(JobState state) {
        return ended.getOrDefault(state, 0L);
    }

    private static int byPlace(MemoryJob left, MemoryJob right) {
        int byPriority = Integer.compare(right.spec.priority(), left.spec.priority());
        return byPriority != 0 ? byPriority : Long.compare(left.sequence, right.sequence);
    }

    private static int byTime(MemoryJob left, MemoryJob right) {
        int byTime = Long.compare(left.time, right.time);
        return byTime != 0 ? byTime : Long.compare(left.timeOrder, right.timeOrder);
    }
}
