package io.jobqueue.store.memory;

import io.jobqueue.JobState;
import io.jobqueue.store.PurgeRequest;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The ended jobs of one queue: those of each state by end of retention, and in order of their end. Guarded by the queue's lock. */
final class EndedJobs {

    private static final List<JobState> STATES = List.of(JobState.COMPLETED, JobState.FAILED, JobState.CANCELLED);

    private final Map<JobState, NavigableSet<MemoryJob>> byExpiry = new EnumMap<>(JobState.class);
    private final Map<JobState, NavigableSet<MemoryJob>> byEnd = new EnumMap<>(JobState.class);

    EndedJobs() {
        STATES.forEach(state -> {
            byExpiry.put(state, new TreeSet<>(MemoryJob::byExpiry));
            byEnd.put(state, new TreeSet<>(EndedJobs::byEnd));
        });
    }

    void add(MemoryJob job) {
        of(byExpiry, job.state).add(job);
        of(byEnd, job.state).add(job);
    }

    void remove(MemoryJob job) {
        of(byExpiry, job.state).remove(job);
        of(byEnd, job.state).remove(job);
    }

    int size() {
        return byEnd.values().stream().mapToInt(Set::size).sum();
    }

    long count(JobState state) {
        return of(byEnd, state).size();
    }

    /** Returns the next job to remove: one whose retention is over, else one too many of its state; null when there is none. */
    @Nullable
    MemoryJob anyToPurge(long now, PurgeRequest request) {
        for (JobState state : STATES) {
            MemoryJob first = first(byExpiry, state);
            if (first != null && first.isPastRetention(now)) {
                return first;
            }
        }
        for (JobState state : STATES) {
            Integer most = request.most(state);
            if (most != null && count(state) > most) {
                return first(byExpiry, state);
            }
        }
        return null;
    }

    /** Returns the job that ended first in the state; null when there is none. */
    @Nullable
    MemoryJob oldest(JobState state) {
        return first(byEnd, state);
    }

    Stream<MemoryJob> newestFirst(JobState state) {
        return of(byEnd, state).descendingSet().stream();
    }

    private static @Nullable MemoryJob first(Map<JobState, NavigableSet<MemoryJob>> index, JobState state) {
        NavigableSet<MemoryJob> jobs = of(index, state);
        return jobs.isEmpty() ? null : jobs.first();
    }

    private static NavigableSet<MemoryJob> of(Map<JobState, NavigableSet<MemoryJob>> index, JobState state) {
        return Objects.requireNonNull(index.get(state));
    }

    private static int byEnd(MemoryJob left, MemoryJob right) {
        int byEnd = Long.compare(left.finishedAt, right.finishedAt);
        return byEnd != 0 ? byEnd : Long.compare(left.timeOrder, right.timeOrder);
    }
}
