package io.jobqueue.store.contract.faulty;

import io.jobqueue.Attempt;
import io.jobqueue.JobQuery;
import io.jobqueue.JobState;
import io.jobqueue.LogLine;
import io.jobqueue.QueueCounts;
import io.jobqueue.QueueOverview;
import io.jobqueue.store.JobLedger;
import io.jobqueue.store.JobPage;
import io.jobqueue.store.JobStore;
import io.jobqueue.store.StoredJob;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Passes every question on to a right store; a fault overrides the one it gets wrong. */
class PassedOnLedger implements JobLedger {

    final JobLedger right;

    PassedOnLedger(JobStore store) {
        right = store.ledger();
    }

    @Override
    public Optional<StoredJob> find(String queue, String jobId) {
        return right.find(queue, jobId);
    }

    @Override
    public List<Optional<JobState>> states(String queue, List<String> jobIds) {
        return right.states(queue, jobIds);
    }

    @Override
    public JobPage list(String queue, JobState state, @Nullable String cursor, int limit) {
        return right.list(queue, state, cursor, limit);
    }

    @Override
    public JobPage search(String queue, JobQuery query, @Nullable String cursor, int limit) {
        return right.search(queue, query, cursor, limit);
    }

    @Override
    public QueueOverview overview(String queue) {
        return right.overview(queue);
    }

    @Override
    public List<LogLine> log(String queue, String jobId) {
        return right.log(queue, jobId);
    }

    @Override
    public List<Attempt> history(String queue, String jobId) {
        return right.history(queue, jobId);
    }

    @Override
    public QueueCounts counts(String queue) {
        return right.counts(queue);
    }

    @Override
    public List<Optional<String>> holders(String queue, List<String> dedupKeys) {
        return right.holders(queue, dedupKeys);
    }

    @Override
    public boolean isEmpty(String queue) {
        return right.isEmpty(queue);
    }

    @Override
    public Set<String> queues() {
        return right.queues();
    }
}
