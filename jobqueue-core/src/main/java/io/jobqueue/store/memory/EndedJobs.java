package io.jobqueue.store.memory;

import io.jobqueue.JobState;
import java.util.EnumMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The ended jobs of one queue by end of retention, and by state in order of their end. Guarded by the queue's lock. */
final class EndedJobs {

    private final TreeSet<MemoryJob> byExpiry = new TreeSet<>(MemoryJob::byTime);
    private final Map<JobState, NavigableSet<MemoryJob>> byEnd = new EnumMap<>(JobState.class);

    void add(MemoryJob job) {
        byExpiry.add(job);
        in(job.state).add(job);
    }

    void remove(MemoryJob job) {
        byExpiry.remove(job);
        in(job.state).remove(job);
    }

    int size() {
        return byExpiry.size();
    }

    long count(JobState state) {
        return in(state).size();
    }

    /** Returns a job whose retention is over; null when there is none. */
    @Nullable
    MemoryJob anyPastRetention(long now) {
        return byExpiry.isEmpty() || !byExpiry.first().isPastRetention(now) ? null : byExpiry.first();
    }

    /** Returns the job that ended first in the state; null when there is none. */
    @Nullable
    MemoryJob oldest(JobState state) {
        NavigableSet<MemoryJob> jobs = in(state);
        return jobs.isEmpty() ? null : jobs.first();
    }

    Stream<MemoryJob> newestFirst(JobState state) {
        return in(state).descendingSet().stream();
    }

    private NavigableSet<MemoryJob> in(JobState state) {
        return byEnd.computeIfAbsent(state, key -> new TreeSet<>(EndedJobs::byEnd));
    }

    private static int byEnd(MemoryJob left, MemoryJob right) {
        int byEnd = Long.compare(left.finishedAt, right.finishedAt);
        return byEnd != 0 ? byEnd : Long.compare(left.timeOrder, right.timeOrder);
    }
}
