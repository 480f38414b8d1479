package io.jobqueue.store.memory;

import io.jobqueue.JobState;
import io.jobqueue.Removal;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Erases jobs that nobody runs, by hand. Runs under the queue's lock. */
final class Erasure {

    private final MemoryQueue queue;
    private final long now;

    Erasure(MemoryQueue queue, long now) {
        this.queue = queue;
        this.now = now;
    }

    Removal remove(String jobId) {
        MemoryJob job = queue.jobs().getKept(jobId, now);
        if (job == null) {
            return Removal.NOT_FOUND;
        }
        if (job.state == JobState.ACTIVE) {
            return Removal.ACTIVE;
        }
        queue.erase(job);
        return Removal.REMOVED;
    }

    int drain(int limit) {
        int waiting = drain(JobState.WAITING, limit);
        return waiting + drain(JobState.SCHEDULED, limit - waiting);
    }

    int clean(JobState state, Duration olderThan, int limit) {
        long latest = now - olderThan.toMillis();
        int cleaned = 0;
        MemoryJob oldest = queue.jobs().ended().oldest(state);
        while (cleaned < limit && oldest != null && oldest.finishedAt <= latest) {
            queue.erase(oldest);
            cleaned++;
            oldest = queue.jobs().ended().oldest(state);
        }
        return cleaned;
    }

    private int drain(JobState state, int limit) {
        Stream<MemoryJob> jobs = state == JobState.WAITING
                ? queue.jobs().waiting().inOrder()
                : queue.jobs().in(state);
        List<MemoryJob> next = jobs.limit(limit).toList();
        next.forEach(queue::erase);
        return next.size();
    }
}
