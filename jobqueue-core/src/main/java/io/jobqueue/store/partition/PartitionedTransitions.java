package io.jobqueue.store.partition;

import io.jobqueue.Cancellation;
import io.jobqueue.store.Audit;
import io.jobqueue.store.AuditRequest;
import io.jobqueue.store.ClaimToken;
import io.jobqueue.store.EnqueueAnswer;
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

    PartitionedTransitions(JobTransitions transitions, Places places, Arrivals arrivals) {
        this.transitions = transitions;
        this.places = places;
        this.arrivals = arrivals;
    }

    @Override
    public List<EnqueueAnswer> enqueue(String queue, List<NewJob> jobs) {
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
        return transitions.handOver(session, jobs);
    }

    @Override
    public ExchangeAnswer exchange(ExchangeRequest request) {
        return transitions.exchange(request);
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
