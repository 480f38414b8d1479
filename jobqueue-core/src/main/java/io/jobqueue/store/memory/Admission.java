package io.jobqueue.store.memory;

import io.jobqueue.Enqueued.Status;
import io.jobqueue.JobRequest.IfFailed;
import io.jobqueue.JobState;
import io.jobqueue.store.EnqueueAnswer;
import io.jobqueue.store.NewJob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One enqueue: lets new jobs in where their id is free. Runs under the queue's lock. */
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
        if (holder == null) {
            return store(job);
        }
        if (gives(holder, job)) {
            queue.jobs().remove(holder);
            return store(job);
        }
        if (holder.state == JobState.COMPLETED) {
            return new EnqueueAnswer(Status.COMPLETED, JobState.COMPLETED, holder.result);
        }
        if (!holder.state.isTerminal()) {
            holder.replies.add(job.replyTo());
        }
        return new EnqueueAnswer(Status.DUPLICATE, holder.state, null);
    }

    private boolean gives(MemoryJob holder, NewJob job) {
        return holder.isPastRetention(now)
                || holder.state == JobState.CANCELLED
                || (holder.state == JobState.FAILED && job.ifFailed() == IfFailed.REPLACE);
    }

    private EnqueueAnswer store(NewJob job) {
        queue.markUsed();
        MemoryJob stored = new MemoryJob(job.id(), job.spec(), now);
        stored.replies.add(job.replyTo());
        long due = due(job.runAt(), now + job.delay().toMillis());
        if (due <= now) {
            queue.jobs().addWaiting(stored, now);
        } else {
            queue.jobs().addScheduled(stored, due);
        }
        return new EnqueueAnswer(Status.QUEUED, stored.state, null);
    }

    private static long due(@Nullable Instant runAt, long afterDelay) {
        if (runAt == null) {
            return afterDelay;
        }
        try {
            return runAt.toEpochMilli();
        } catch (ArithmeticException beyondMilliseconds) {
            return runAt.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE - 1;
        }
    }
}
