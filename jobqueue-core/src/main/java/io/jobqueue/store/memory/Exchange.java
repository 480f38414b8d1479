package io.jobqueue.store.memory;

import io.jobqueue.Attempt;
import io.jobqueue.JobEvent.Kind;
import io.jobqueue.JobState;
import io.jobqueue.store.Claim;
import io.jobqueue.store.ClaimToken;
import io.jobqueue.store.ExchangeAnswer;
import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.JobOutcome;
import io.jobqueue.store.Settlement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One exchange: settles, promotes what is due, then claims. Runs under the queue's lock. */
final class Exchange {

    private final MemoryQueue queue;
    private final ExchangeRequest request;
    private final long now;
    private final ClaimFilter filter;
    private boolean settledNow;
    private boolean cutShort;

    Exchange(MemoryQueue queue, ExchangeRequest request, long now) {
        this.queue = queue;
        this.request = request;
        this.now = now;
        filter = new ClaimFilter(request);
    }

    ExchangeAnswer run() {
        MemorySession session = queue.sessions().liveOrNew(request.session(), now);
        if (session == null || session.isPast(request.session().epoch())) {
            return lost();
        }
        session.enter(now);
        session.extendTo(now + request.session().lease().toMillis());
        String untold = ownToSkip(session);
        List<Boolean> settled = settle(session, untold);
        queue.promote(now, ExchangeRequest.MOST_PROMOTED);
        boolean paused = queue.sessions().pausedWorkers().contains(session.worker());
        long passedOver = queue.jobs().waiting().passedOver();
        List<Claim> claims = paused ? List.of() : claim(session);
        if (!claims.isEmpty() || settledNow) {
            queue.noteActivity(now);
        }
        if (queue.jobs().waiting().anyClaimable() || isWorthAHint(session, passedOver, claims.size())) {
            queue.wakeUp().offer();
        }
        return new ExchangeAnswer(
                false,
                settled,
                claims,
                paused,
                queue.untilNextDue(now),
                Instant.ofEpochMilli(now),
                untold != null,
                cutShort);
    }

    /** Returns the caller's own address when it knows all that could be told there; else null. */
    private @Nullable String ownToSkip(MemorySession session) {
        boolean known = request.settlements().stream().allMatch(settlement -> {
            MemoryJob job = session.claimed(settlement.token());
            return settlement instanceof Settlement.Complete && job != null && job.cancelRequested == null;
        });
        return known ? request.ownReplies() : null;
    }

    private ExchangeAnswer lost() {
        List<Boolean> refused = Collections.nCopies(request.settlements().size(), false);
        return new ExchangeAnswer(true, refused, List.of(), false, queue.untilNextDue(now), Instant.ofEpochMilli(now));
    }

    private List<Boolean> settle(MemorySession session, @Nullable String untold) {
        List<Boolean> settled = new ArrayList<>(request.settlements().size());
        for (Settlement settlement : request.settlements()) {
            MemoryJob job = session.claimed(settlement.token());
            if (job == null) {
                settled.add(isRepeated(settlement.token(), settled));
            } else {
                settledNow = true;
                session.drop(job);
                job.lastSettledFence = job.fence;
                job.replies.forget(untold);
                settle(job, settlement, session);
                settled.add(true);
            }
        }
        return settled;
    }

    /** A job that was not kept leaves no trace, so a repetition inside this call is looked up in the call. */
    private boolean isRepeated(ClaimToken token, List<Boolean> settledBefore) {
        MemoryJob job = queue.jobs().get(token.jobId());
        if (job != null && job.lastSettledFence == token.fence()) {
            return true;
        }
        for (int i = 0; i < settledBefore.size(); i++) {
            if (settledBefore.get(i) && request.settlements().get(i).token().equals(token)) {
                return true;
            }
        }
        return false;
    }

    private void settle(MemoryJob job, Settlement settlement, MemorySession worker) {
        boolean charged = isCharged(settlement);
        if (charged) {
            note(job, settlement, worker);
        }
        if (charged && !(settlement instanceof Settlement.Complete && job.cancelRequested == null)) {
            job.failures++;
        }
        if (job.cancelRequested != null) {
            queue.cancel(job, request.cancelledRetention(), now);
        } else if (settlement instanceof Settlement.Complete complete) {
            queue.end(job, new JobOutcome(JobState.COMPLETED, complete.result(), null), complete.retention(), now);
        } else if (settlement instanceof Settlement.Retry retry) {
            job.error = retry.error();
            queue.jobs().waitOrSchedule(job, retry.delay().toMillis(), now);
            queue.events().failed(Kind.RETRIED, job, retry.error());
        } else if (settlement instanceof Settlement.Fail fail) {
            queue.end(job, new JobOutcome(JobState.FAILED, null, fail.error()), fail.retention(), now);
        } else if (settlement instanceof Settlement.Cancel cancel) {
            queue.cancel(job, cancel.retention(), now);
        } else if (settlement instanceof Settlement.HandBack handBack) {
            job.handBacks++;
            queue.jobs().waitOrSchedule(job, handBack.delay().toMillis(), now);
            queue.events().happened(Kind.RELEASED, job);
        } else if (settlement instanceof Settlement.Snooze snooze) {
            queue.jobs().waitOrSchedule(job, snooze.delay().toMillis(), now);
            queue.events().happened(Kind.RELEASED, job);
        } else {
            queue.jobs().waitAtOldPlace(job, now);
            queue.events().happened(Kind.RELEASED, job);
        }
    }

    /** A run that was given back was no attempt. */
    private static boolean isCharged(Settlement settlement) {
        return !(settlement instanceof Settlement.Release
                || settlement instanceof Settlement.HandBack
                || settlement instanceof Settlement.Snooze);
    }

    private void note(MemoryJob job, Settlement settlement, MemorySession worker) {
        int number = job.failures + 1;
        if (job.cancelRequested != null || settlement instanceof Settlement.Cancel) {
            job.noteAttempt(number, Attempt.End.CANCELLED, worker, now, null);
        } else if (settlement instanceof Settlement.Retry retry) {
            job.noteAttempt(number, Attempt.End.FAILED, worker, now, retry.error());
        } else if (settlement instanceof Settlement.Fail fail) {
            job.noteAttempt(number, Attempt.End.FAILED, worker, now, fail.error());
        } else {
            job.noteAttempt(number, Attempt.End.COMPLETED, worker, now, null);
        }
    }

    private List<Claim> claim(MemorySession session) {
        MemoryJob job = request.claims() == 0 ? null : queue.jobs().activateNext(filter);
        if (job == null) {
            return List.of();
        }
        long fence = queue.nextFence(now);
        List<Claim> claims = new ArrayList<>(request.claims());
        long bytes = 0;
        while (job != null) {
            bytes += job.spec.payload().length;
            session.claim(job, fence);
            filter.took(job.spec.type());
            queue.events().happened(Kind.STARTED, job);
            claims.add(job.claim());
            cutShort = bytes >= ExchangeRequest.MOST_BYTES && claims.size() < request.claims();
            job = claims.size() < request.claims() && !cutShort ? queue.jobs().activateNext(filter) : null;
        }
        return claims;
    }

    /**
     * Returns whether somebody else should look: there is more that this worker could take, or it has heard just now of
     * jobs that it cannot.
     */
    private boolean isWorthAHint(MemorySession session, long passedOver, int claimed) {
        WaitingLine line = queue.jobs().waiting();
        if (request.claims() == 0 || line.isPaused()) {
            return false;
        }
        boolean full = claimed == request.claims() || cutShort;
        boolean news = session.learn(line.passedOver());
        return line.passedOver() > passedOver
                || (full && line.anyAside(filter))
                || (news && line.anyAside(any -> true));
    }
}
