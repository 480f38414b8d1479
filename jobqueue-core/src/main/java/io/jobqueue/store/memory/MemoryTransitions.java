package io.jobqueue.store.memory;

import io.jobqueue.Cancellation;
import io.jobqueue.Enqueued;
import io.jobqueue.JobEvent.Kind;
import io.jobqueue.JobState;
import io.jobqueue.store.Audit;
import io.jobqueue.store.AuditRequest;
import io.jobqueue.store.ClaimToken;
import io.jobqueue.store.EnqueueAnswer;
import io.jobqueue.store.EnqueueSize;
import io.jobqueue.store.ExchangeAnswer;
import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.HandOver;
import io.jobqueue.store.JobTransitions;
import io.jobqueue.store.NewJob;
import io.jobqueue.store.Promotion;
import io.jobqueue.store.PurgeRequest;
import io.jobqueue.store.ReapRequest;
import io.jobqueue.store.Reaped;
import io.jobqueue.store.Renewal;
import io.jobqueue.store.Term;
import io.jobqueue.store.WorkerSession;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The life of the jobs in memory: each method is one step under the lock of one queue. */
final class MemoryTransitions implements JobTransitions {

    private final MemoryQueues queues;

    MemoryTransitions(MemoryQueues queues) {
        this.queues = queues;
    }

    @Override
    public List<EnqueueAnswer> enqueue(String queue, List<NewJob> jobs) {
        EnqueueSize.require(jobs);
        MemoryQueue target = queues.get(queue);
        return target.locked(now -> new Admission(target, now).admit(jobs));
    }

    @Override
    public HandOver handOver(WorkerSession session, List<NewJob> jobs) {
        EnqueueSize.require(jobs);
        MemoryQueue queue = queues.get(session.queue());
        return queue.locked(now -> {
            boolean first = mayGoFirst(queue, session, jobs, now);
            List<EnqueueAnswer> answers = new Admission(queue, now).admit(jobs);
            boolean allNew = answers.stream().allMatch(answer -> answer.status() == Enqueued.Status.QUEUED);
            return first && allNew ? claim(queue, session, answers, now) : HandOver.unclaimed(answers);
        });
    }

    @Override
    public ExchangeAnswer exchange(ExchangeRequest request) {
        MemoryQueue queue = queues.get(request.session().queue());
        return queue.locked(now -> new Exchange(queue, request, now).run());
    }

    @Override
    public Renewal renew(WorkerSession session) {
        MemoryQueue queue = queues.get(session.queue());
        return queue.locked(now -> {
            MemorySession live = queue.sessions().live(session, now);
            if (live == null) {
                return new Renewal(false, List.of());
            }
            live.extendTo(now + session.lease().toMillis());
            return new Renewal(true, live.cancelRequested());
        });
    }

    @Override
    public int reconcile(WorkerSession session, Collection<ClaimToken> known) {
        MemoryQueue queue = queues.get(session.queue());
        Set<ClaimToken> kept = new HashSet<>(known);
        return queue.locked(now -> {
            MemorySession live = session.epoch() == 0
                    ? queue.sessions().live(session, now)
                    : queue.sessions().liveOrNew(session, now);
            return live == null || !live.beginEpoch(session.epoch()) ? 0 : release(queue, live, kept, now);
        });
    }

    @Override
    public Cancellation cancel(String queue, String jobId, Duration retention) {
        return queues.find(queue)
                .map(found -> found.locked(now -> cancel(found, jobId, retention, now)))
                .orElse(Cancellation.NOT_FOUND);
    }

    @Override
    public Promotion promote(Term term, int limit) {
        MemoryQueue queue = queues.get(term.queue());
        return queue.locked(now -> {
            queue.lead().require(term, now);
            return new Promotion(queue.promote(now, limit), queue.untilNextDue(now));
        });
    }

    @Override
    public List<Reaped> reap(Term term, ReapRequest request) {
        MemoryQueue queue = queues.get(term.queue());
        return queue.locked(now -> {
            queue.lead().require(term, now);
            return new Takeover(queue, request, now).run();
        });
    }

    @Override
    public int purge(Term term, PurgeRequest request) {
        MemoryQueue queue = queues.get(term.queue());
        return queue.locked(now -> {
            queue.lead().require(term, now);
            int keys = queue.keys().purge(now, request.limit());
            queue.events().purge();
            int jobs = queue.jobs().purge(now, request);
            return keys == request.limit() ? keys : jobs;
        });
    }

    @Override
    public Audit audit(Term term, AuditRequest request) {
        MemoryQueue queue = queues.get(term.queue());
        return queue.locked(now -> {
            queue.lead().require(term, now);
            return Audit.SOUND;
        });
    }

    private static boolean mayGoFirst(MemoryQueue queue, WorkerSession session, List<NewJob> jobs, long now) {
        MemorySession live = queue.sessions().live(session, now);
        WaitingLine waiting = queue.jobs().waiting();
        return live != null
                && !live.isPast(session.epoch())
                && !queue.sessions().pausedWorkers().contains(live.worker())
                && waiting.size() == 0
                && !waiting.isPaused()
                && waiting.pausedTypes().isEmpty()
                && queue.jobs().nextDue() > now
                && jobs.stream().allMatch(NewJob::isPlain);
    }

    /** Claims what was let in just now, which is all that waits. */
    private static HandOver claim(MemoryQueue queue, WorkerSession session, List<EnqueueAnswer> answers, long now) {
        ExchangeAnswer claimed =
                new Exchange(queue, new ExchangeRequest(session, List.of(), answers.size(), Duration.ZERO), now).run();
        return new HandOver(
                answers.stream()
                        .map(answer -> new EnqueueAnswer(answer.id(), answer.status(), JobState.ACTIVE, null))
                        .toList(),
                claimed.claims(),
                claimed.at());
    }

    private static int release(MemoryQueue queue, MemorySession session, Set<ClaimToken> kept, long now) {
        int released = 0;
        for (MemoryJob job : session.jobs()) {
            if (!kept.contains(job.token())) {
                session.drop(job);
                if (job.cancelRequested != null) {
                    queue.cancel(job, job.cancelRequested, now);
                } else {
                    queue.jobs().waitAtOldPlace(job, now);
                    queue.events().happened(Kind.RELEASED, job);
                }
                released++;
            }
        }
        if (session.isEmpty()) {
            session.leave();
        }
        if (session.isEmpty() && !session.mustRefuse()) {
            queue.sessions().forget(session);
        }
        return released;
    }

    private static Cancellation cancel(MemoryQueue queue, String jobId, Duration retention, long now) {
        MemoryJob job = queue.jobs().getKept(jobId, now);
        if (job == null) {
            return Cancellation.NOT_FOUND;
        }
        if (job.state.isTerminal()) {
            return Cancellation.ENDED;
        }
        if (job.state == JobState.ACTIVE) {
            job.cancelRequested = retention;
            queue.events().happened(Kind.CANCEL_REQUESTED, job);
            queue.subscribers().tellCancelRequested(queue.name(), job.token());
            return Cancellation.REQUESTED;
        }
        queue.cancel(job, retention, now);
        return Cancellation.CANCELLED;
    }
}
