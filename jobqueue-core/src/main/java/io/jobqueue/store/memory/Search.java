package io.jobqueue.store.memory;

import io.jobqueue.JobQuery;
import io.jobqueue.JobState;
import io.jobqueue.store.JobLedger;
import io.jobqueue.store.JobPage;
import io.jobqueue.store.StoredJob;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** Looks through the jobs of one queue, state by state. Runs under the queue's lock. */
final class Search {

    private final MemoryQueue queue;
    private final JobQuery query;
    private final long now;

    Search(MemoryQueue queue, JobQuery query, long now) {
        this.queue = queue;
        this.query = query;
        this.now = now;
    }

    /** Returns the matches from a position on. */
    JobPage page(long from, int limit) {
        List<StoredJob> matches = new ArrayList<>();
        Iterator<MemoryJob> jobs = jobs().skip(from).iterator();
        int lookedAt = 0;
        while (jobs.hasNext() && matches.size() < limit && lookedAt < JobLedger.MOST_LOOKED_AT) {
            MemoryJob job = jobs.next();
            lookedAt++;
            if (matches(job)) {
                matches.add(job.read());
            }
        }
        return new JobPage(matches, jobs.hasNext() ? Long.toString(from + lookedAt) : null);
    }

    private Stream<MemoryJob> jobs() {
        return Stream.of(JobState.values())
                .filter(state -> query.state() == null || query.state() == state)
                .flatMap(this::in);
    }

    private Stream<MemoryJob> in(JobState state) {
        return state == JobState.ACTIVE ? queue.sessions().jobs() : queue.jobs().in(state);
    }

    private boolean matches(MemoryJob job) {
        return !job.isPastRetention(now)
                && (query.type() == null || query.type().equals(job.spec.type()))
                && job.id.startsWith(query.idPrefix())
                && job.id.contains(query.idPart())
                && job.notes
                        .attributes()
                        .entrySet()
                        .containsAll(query.attributes().entrySet());
    }
}
