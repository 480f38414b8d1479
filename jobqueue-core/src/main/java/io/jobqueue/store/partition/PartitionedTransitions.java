package io.jobqueue.store.partition;

import io.jobqueue.Cancellation;
import io.jobqueue.StoreUnavailableException;
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
import java.util.List;

/** Brings new jobs and cancels to their partitions. Workers and leaders have one partition and go straight to it. */
final class PartitionedTransitions implements JobTransitions {

    private final JobTransitions transitions;
    private final Places places;
    private final Arrivals arrivals;
    private final InheritedPauses pauses;

    PartitionedTransitions(JobTransitions transitions, Places places, Arrivals arrivals, InheritedPauses pauses) {
        this.transitions = transitions;
        this.places = places;
        this.arrivals = arrivals;
        this.pauses = pauses;
    }

    @Override
    public List<EnqueueAnswer> enqueue(String queue, List<NewJob> jobs) {
        EnqueueSize.require(jobs);
        String only = places.only(queue);
        if (only != null) {
            return transitions.enqueue(only, jobs);
        }
        return Answers.of(
                Places.grouped(arrivals.places(queue, jobs)),
                (partition, indexes) -> transitions.enqueue(
                        partition, indexes.stream().map(jobs::get).toList()));
    }

    @Override
    public List<EnqueueAnswer> enqueueAll(String queue, List<List<NewJob>> batches) {
        String only = places.only(queue);
        return only != null ? transitions.enqueueAll(only, batches) : JobTransitions.super.enqueueAll(queue, batches);
    }

    @Override
    public Cancellation cancel(String queue, String jobId, Duration retention) {
        return places.first(
                queue,
                jobId,
                answer -> answer != Cancellation.NOT_FOUND,
                partition -> transitions.cancel(partition, jobId, retention));
    }

    @Override
    public HandOver handOver(WorkerSession session, List<NewJob> jobs) {
        return mayClaim(session.queue())
                ? transitions.handOver(session, jobs)
                : HandOver.unclaimed(transitions.enqueue(session.queue(), jobs));
    }

    @Override
    public ExchangeAnswer exchange(ExchangeRequest request) {
        String partition = request.session().queue();
        boolean wanting = request.claims() > 0;
        if (wanting && request.settlements().isEmpty()) {
            return transitions.exchange(pauses.allowClaims(partition) ? request : withoutClaims(request));
        }
        return transitions.exchange(!wanting || mayClaim(partition) ? request : withoutClaims(request));
    }

    /** Outcomes are told, and jobs stored, whether it is known what is paused or not. */
    private boolean mayClaim(String partition) {
        try {
            return pauses.allowClaims(partition);
        } catch (StoreUnavailableException e) {
            return false;
        }
    }

    private static ExchangeRequest withoutClaims(ExchangeRequest request) {
        return new ExchangeRequest(
                request.session(),
                request.settlements(),
                0,
                request.cancelledRetention(),
                request.types(),
                request.room());
    }

    @Override
    public Renewal renew(WorkerSession session) {
        return transitions.renew(session);
    }

    @Override
    public int reconcile(WorkerSession session, Collection<ClaimToken> known) {
        return transitions.reconcile(session, known);
    }

    @Override
    public Promotion promote(Term term, int limit) {
        return transitions.promote(term, limit);
    }

    @Override
    public List<Reaped> reap(Term term, ReapRequest request) {
        return transitions.reap(term, request);
    }

    @Override
    public int purge(Term term, PurgeRequest request) {
        return transitions.purge(term, request);
    }

    @Override
    public Audit audit(Term term, AuditRequest request) {
        return transitions.audit(term, request);
    }
}
