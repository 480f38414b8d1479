package io.jobqueue.spring.transaction;

import io.jobqueue.Names;
import io.jobqueue.engine.DeferredJobs;
import java.util.IdentityHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionSynchronization;

/** Stores the jobs that one engine holds back for one transaction. Belongs to the thread of the transaction. */
final class JobSynchronization implements TransactionSynchronization {

    private static final Logger log = LoggerFactory.getLogger(JobSynchronization.class);
    private static final int MOST_SHOWN = 100;

    private final Object engine;
    private final DeferredJobs jobs;
    private final IdentityHashMap<Object, Integer> sizes = new IdentityHashMap<>();
    private boolean committed;

    JobSynchronization(Object engine, DeferredJobs jobs) {
        this.engine = engine;
        this.jobs = jobs;
    }

    boolean serves(Object other) {
        return engine == other;
    }

    boolean hasCommitted() {
        return committed;
    }

    DeferredJobs jobs() {
        return jobs;
    }

    @Override
    public void savepoint(Object savepoint) {
        sizes.put(savepoint, jobs.size());
    }

    /** Before a savepoint that it was never told of, nothing was enqueued. */
    @Override
    public void savepointRollback(Object savepoint) {
        jobs.cutTo(sizes.getOrDefault(savepoint, 0));
    }

    @Override
    public void afterCommit() {
        committed = true;
        jobs.store();
    }

    /** Stores what no {@link #afterCommit} has: another callback threw before, or one of them enqueued the first job. */
    @Override
    public void afterCompletion(int status) {
        if (status == STATUS_COMMITTED) {
            jobs.store();
        } else if (status == STATUS_UNKNOWN && jobs.size() > 0) {
            log.error(
                    "It is not known how a transaction ended, so {} jobs enqueued in it are not stored ({}); when it has"
                            + " committed, enqueue the same again with the same ids",
                    jobs.size(),
                    shownIds());
        }
    }

    private String shownIds() {
        String some = jobs.ids().stream()
                .limit(MOST_SHOWN)
                .map(id -> Names.shown(id.toString()))
                .collect(Collectors.joining(", "));
        return jobs.size() > MOST_SHOWN ? some + " and " + (jobs.size() - MOST_SHOWN) + " more" : some;
    }
}
