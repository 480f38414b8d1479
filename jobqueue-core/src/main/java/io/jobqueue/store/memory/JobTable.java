package io.jobqueue.store.memory;

import io.jobqueue.JobState;
import io.jobqueue.Placement;
import io.jobqueue.QueueCounts;
import io.jobqueue.store.PurgeRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of one queue by id, by place, by due time and by end. A job's method here is its step to the state it
 * names. Guarded by the queue's lock.
 */
final class JobTable {

    private final Map<String, MemoryJob> byId = new HashMap<>();
    private final WaitingLine waiting = new WaitingLine();
    private final TreeSet<MemoryJob> scheduled = new TreeSet<>(MemoryJob::byTime);
    private final EndedJobs ended = new EndedJobs();
    private long ordinal;
    private long frontOrdinal;

    WaitingLine waiting() {
        return waiting;
    }

    EndedJobs ended() {
        return ended;
    }

    @Nullable
    MemoryJob get(String id) {
        return byId.get(id);
    }

    boolean isEmpty() {
        return byId.isEmpty();
    }

    /** Returns the job unless its retention is over, purged or not. */
    @Nullable
    MemoryJob getKept(String id, long now) {
        MemoryJob job = byId.get(id);
        return job == null || job.isPastRetention(now) ? null : job;
    }

    /** Returns the jobs in a state in the order they are listed; none for {@link JobState#ACTIVE}, which sessions hold. */
    Stream<MemoryJob> in(JobState state) {
        return switch (state) {
            case WAITING -> waiting.jobs();
            case SCHEDULED -> scheduled.stream();
            case ACTIVE, WAITING_CHILDREN -> Stream.empty();
            default -> ended.newestFirst(state);
        };
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
                (long) byId.size() - scheduled.size() - waiting.size() - ended.size(),
                ended.count(JobState.COMPLETED),
                ended.count(JobState.FAILED),
                ended.count(JobState.CANCELLED));
    }

    void addWaiting(MemoryJob job, Placement placement, long now) {
        byId.put(job.id, job);
        place(job, placement == Placement.FRONT ? --frontOrdinal : ++ordinal, now);
    }

    void addScheduled(MemoryJob job, long due) {
        byId.put(job.id, job);
        place(job, JobState.SCHEDULED, due);
    }

    void waitLast(MemoryJob job, long since) {
        leave(job);
        place(job, ++ordinal, since);
    }

    void waitAtOldPlace(MemoryJob job, long since) {
        leave(job);
        place(job, job.sequence, since);
    }

    void waitOrSchedule(MemoryJob job, long delay, long now) {
        if (delay == 0) {
            waitLast(job, now);
        } else {
            schedule(job, now + delay);
        }
    }

    /** Returns the jobs that were due and wait now. */
    List<MemoryJob> promote(long now, int limit) {
        List<MemoryJob> promoted = new ArrayList<>();
        while (promoted.size() < limit && nextDue() <= now) {
            MemoryJob job = scheduled.first();
            waitLast(job, job.time);
            promoted.add(job);
        }
        return promoted;
    }

    @Nullable
    MemoryJob activateNext(Predicate<String> takes) {
        MemoryJob job = waiting.pollClaimable(takes);
        if (job != null) {
            job.state = JobState.ACTIVE;
        }
        return job;
    }

    void end(MemoryJob job, JobState state, long now, long keptUntil) {
        leave(job);
        job.finishedAt = now;
        place(job, state, keptUntil);
    }

    /** Lets something happen to a job that its place depends on; it keeps its state and its order among equals. */
    void update(MemoryJob job, Runnable change) {
        leave(job);
        change.run();
        enter(job);
    }

    /** Like {@link #update}, of a job that keeps its type; when it stands aside it goes on to. */
    void updateAside(MemoryJob job, Runnable change) {
        if (job.state == JobState.WAITING && waiting.isAside(job)) {
            waiting.remove(job);
            change.run();
            waiting.addAside(job);
        } else {
            update(job, change);
        }
    }

    void remove(MemoryJob job) {
        leave(job);
        byId.remove(job.id);
    }

    int purge(long now, PurgeRequest request) {
        int purged = 0;
        MemoryJob next = ended.anyToPurge(now, request);
        while (purged < request.limit() && next != null) {
            remove(next);
            purged++;
            next = ended.anyToPurge(now, request);
        }
        return purged;
    }

    void keepUntil(MemoryJob job, long time) {
        leave(job);
        job.time = time;
        job.keptOrder = ++ordinal;
        enter(job);
    }

    private void schedule(MemoryJob job, long due) {
        leave(job);
        place(job, JobState.SCHEDULED, due);
    }

    private void place(MemoryJob job, long sequence, long since) {
        job.sequence = sequence;
        job.waitingSince = since;
        job.state = JobState.WAITING;
        enter(job);
    }

    private void place(MemoryJob job, JobState state, long time) {
        job.time = time;
        job.timeOrder = ++ordinal;
        job.keptOrder = job.timeOrder;
        job.state = state;
        enter(job);
    }

    private void enter(MemoryJob job) {
        if (job.state == JobState.WAITING) {
            waiting.add(job);
        } else if (job.state == JobState.SCHEDULED) {
            scheduled.add(job);
        } else if (job.state.isTerminal()) {
            ended.add(job);
        }
    }

    private void leave(MemoryJob job) {
        if (job.state == JobState.WAITING) {
            waiting.remove(job);
        } else if (job.state == JobState.SCHEDULED) {
            scheduled.remove(job);
        } else if (job.state.isTerminal()) {
            ended.remove(job);
        }
    }
}
