package io.jobqueue.store.memory;

import io.jobqueue.Attempt;
import io.jobqueue.JobEvent.Kind;
import io.jobqueue.JobState;
import io.jobqueue.store.JobOutcome;
import io.jobqueue.store.ReapRequest;
import io.jobqueue.store.Reaped;
import java.util.ArrayList;
import java.util.List;

/** One reap: takes claims from sessions whose lease ran out. Runs under the queue's lock. */
final class Takeover {

    private final MemoryQueue queue;
    private final ReapRequest request;
    private final long now;
    private final List<Reaped> reaped = new ArrayList<>();

    Takeover(MemoryQueue queue, ReapRequest request, long now) {
        this.queue = queue;
        this.request = request;
        this.now = now;
    }

    List<Reaped> run() {
        MemorySession expired = queue.sessions().anyExpired(now);
        while (expired != null && takeClaims(expired)) {
            queue.sessions().forget(expired);
            expired = queue.sessions().anyExpired(now);
        }
        return reaped;
    }

    /** Returns whether no claim of the session is left. */
    private boolean takeClaims(MemorySession session) {
        for (MemoryJob job : session.jobs()) {
            if (reaped.size() == request.limit()) {
                return false;
            }
            session.drop(job);
            take(job, session);
            reaped.add(new Reaped(job.id, job.crashes, job.state));
        }
        return true;
    }

    private void take(MemoryJob job, MemorySession lost) {
        job.crashes++;
        job.noteAttempt(job.failures + 1, Attempt.End.CRASHED, lost, now, null);
        if (job.cancelRequested != null) {
            queue.cancel(job, request.cancelledRetention(), now);
        } else if (job.crashes >= request.lastCrash()) {
            queue.end(job, new JobOutcome(JobState.FAILED, null, request.error()), request.failedRetention(), now);
        } else {
            queue.jobs().waitAtOldPlace(job, now);
            queue.events().happened(Kind.CRASHED, job);
        }
    }
}
