package io.jobqueue.store.memory;

import io.jobqueue.Dedup;
import io.jobqueue.Enqueued.Status;
import io.jobqueue.JobEvent.Kind;
import io.jobqueue.JobRequest.IfFailed;
import io.jobqueue.JobState;
import io.jobqueue.store.EnqueueAnswer;
import io.jobqueue.store.JobSpec;
import io.jobqueue.store.NewJob;
import io.jobqueue.store.memory.DedupKeys.HeldKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One enqueue: lets new jobs in where their id and their dedup key are free. Runs under the queue's lock. */
final class Admission {

    private final MemoryQueue queue;
    private final long now;

    Admission(MemoryQueue queue, long now) {
        this.queue = queue;
        this.now = now;
    }

    List<EnqueueAnswer> admit(List<NewJob> jobs) {
        List<EnqueueAnswer> answers = new ArrayList<>(jobs.size());
        for (NewJob job : jobs) {
            answers.add(admit(job));
        }
        return answers;
    }

    private EnqueueAnswer admit(NewJob job) {
        MemoryJob holder = queue.jobs().get(job.id());
        if (holder != null && !gives(holder, job)) {
            return taken(holder, job);
        }
        HeldKey key = job.dedup() == null ? null : queue.keys().held(job.dedup().key(), queue.jobs(), now);
        if (key != null) {
            return taken(key, job);
        }
        if (holder != null) {
            queue.jobs().remove(holder);
        }
        return store(job);
    }

    private boolean gives(MemoryJob holder, NewJob job) {
        return holder.isPastRetention(now)
                || holder.state == JobState.CANCELLED
                || (holder.state == JobState.FAILED && job.ifFailed() == IfFailed.REPLACE);
    }

    private EnqueueAnswer taken(HeldKey key, NewJob job) {
        MemoryJob holder = queue.jobs().getKept(key.holder(), now);
        if (holder == null) {
            return new EnqueueAnswer(key.holder(), Status.DUPLICATE, null, null);
        }
        if (key.mode() == Dedup.Mode.DEBOUNCE && mode(job) == Dedup.Mode.DEBOUNCE) {
            debounce(holder, job);
        }
        return taken(holder, job);
    }

    private static Dedup.@Nullable Mode mode(NewJob job) {
        return job.dedup() == null ? null : job.dedup().mode();
    }

    private void debounce(MemoryJob holder, NewJob job) {
        JobSpec latest = job.spec();
        queue.jobs().update(holder, () -> {
            holder.spec = new JobSpec(latest.type(), latest.payload(), holder.spec.priority(), latest.options());
            if (holder.state == JobState.SCHEDULED) {
                holder.time = Math.max(now, due(job));
            }
        });
        queue.events().happened(Kind.CHANGED, holder);
    }

    private static EnqueueAnswer taken(MemoryJob holder, NewJob job) {
        if (holder.state == JobState.COMPLETED) {
            return new EnqueueAnswer(holder.id, Status.COMPLETED, JobState.COMPLETED, holder.result);
        }
        if (!holder.state.isTerminal()) {
            holder.replies.add(job.replyTo());
        }
        return new EnqueueAnswer(holder.id, Status.DUPLICATE, holder.state, null);
    }

    private EnqueueAnswer store(NewJob job) {
        queue.noteActivity(now);
        queue.markUsed();
        MemoryJob stored = new MemoryJob(job.id(), job.spec(), now);
        stored.replies.add(job.replyTo());
        if (job.dedup() != null) {
            stored.dedupKey = job.dedup().key();
            queue.keys().take(job.dedup(), stored.id, now);
        }
        long due = due(job);
        if (due <= now) {
            queue.jobs().addWaiting(stored, job.placement(), now);
        } else {
            queue.jobs().addScheduled(stored, due);
        }
        queue.events().happened(Kind.ENQUEUED, stored);
        return new EnqueueAnswer(stored.id, Status.QUEUED, stored.state, null);
    }

    private long due(NewJob job) {
        Instant runAt = job.runAt();
        if (runAt == null) {
            return now + job.delay().toMillis();
        }
        try {
            return runAt.toEpochMilli();
        } catch (ArithmeticException beyondMilliseconds) {
            return runAt.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE - 1;
        }
    }
}
