package io.jobqueue.store.contract.faulty;

import io.jobqueue.Cancellation;
import io.jobqueue.store.Audit;
import io.jobqueue.store.AuditRequest;
import io.jobqueue.store.ClaimToken;
import io.jobqueue.store.EnqueueAnswer;
import io.jobqueue.store.ExchangeAnswer;
import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.HandOver;
import io.jobqueue.store.JobStore;
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

/** Passes every call on to a right store; a fault overrides the one it gets wrong. */
class PassedOnTransitions implements JobTransitions {

    final JobStore store;
    final JobTransitions right;

    PassedOnTransitions(JobStore store) {
        this.store = store;
        this.right = store.transitions();
    }

    @Override
    public List<EnqueueAnswer> enqueue(String queue, List<NewJob> jobs) {
        return right.enqueue(queue, jobs);
    }

    @Override
    public HandOver handOver(WorkerSession session, List<NewJob> jobs) {
        return right.handOver(session, jobs);
    }

    @Override
    public ExchangeAnswer exchange(ExchangeRequest request) {
        return right.exchange(request);
    }

    @Override
    public Renewal renew(WorkerSession session) {
        return right.renew(session);
    }

    @Override
    public int reconcile(WorkerSession session, Collection<ClaimToken> known) {
        return right.reconcile(session, known);
    }

    @Override
    public Cancellation cancel(String queue, String jobId, Duration retention) {
        return right.cancel(queue, jobId, retention);
    }

    @Override
    public Promotion promote(Term term, int limit) {
        return right.promote(term, limit);
    }

    @Override
    public List<Reaped> reap(Term term, ReapRequest request) {
        return right.reap(term, request);
    }

    @Override
    public int purge(Term term, PurgeRequest request) {
        return right.purge(term, request);
    }

    @Override
    public Audit audit(Term term, AuditRequest request) {
        return right.audit(term, request);
    }
}
