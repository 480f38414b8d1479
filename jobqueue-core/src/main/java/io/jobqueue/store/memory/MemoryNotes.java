package io.jobqueue.store.memory;

import io.jobqueue.JobEvent.Kind;
import io.jobqueue.LogLine;
import io.jobqueue.Progress;
import io.jobqueue.store.ClaimToken;
import io.jobqueue.store.JobNotes;
import io.jobqueue.store.WorkerSession;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What runs leave with the jobs in memory. */
final class MemoryNotes implements JobNotes {

    private final MemoryQueues queues;

    MemoryNotes(MemoryQueues queues) {
        this.queues = queues;
    }

    @Override
    public boolean progress(WorkerSession session, ClaimToken token, Progress progress) {
        return write(session, token, (queue, job, now) -> {
                    job.notes.progress = progress;
                    queue.events().progressed(job, progress);
                    return Noted.STORED;
                })
                == Noted.STORED;
    }

    @Override
    public Noted attributes(WorkerSession session, ClaimToken token, Map<String, @Nullable Object> changes) {
        return write(session, token, (queue, job, now) -> {
            boolean merged = job.notes.merge(changes);
            if (merged) {
                queue.events().happened(Kind.UPDATED, job);
            }
            return merged ? Noted.STORED : Noted.TOO_MANY;
        });
    }

    @Override
    public boolean log(WorkerSession session, ClaimToken token, List<String> lines) {
        return write(session, token, (queue, job, now) -> {
                    lines.forEach(line -> job.notes.append(new LogLine(Instant.ofEpochMilli(now), line)));
                    return Noted.STORED;
                })
                == Noted.STORED;
    }

    private Noted write(WorkerSession session, ClaimToken token, Note note) {
        MemoryQueue queue = queues.get(session.queue());
        return queue.locked(now -> {
            MemorySession live = queue.sessions().live(session, now);
            MemoryJob job = live == null ? null : live.claimed(token);
            return job == null ? Noted.CLAIM_LOST : note.write(queue, job, now);
        });
    }

    /** One note, written under the queue's lock. */
    private interface Note {
        Noted write(MemoryQueue queue, MemoryJob job, long now);
    }
}
