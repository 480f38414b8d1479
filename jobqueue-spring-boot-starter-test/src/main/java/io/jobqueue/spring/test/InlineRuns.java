package io.jobqueue.spring.test;

import io.jobqueue.engine.DrainedJob;
import java.util.ArrayList;
import java.util.List;

/** Runs what is due on the thread that has enqueued it, or has made it due. Thread-safe. */
final class InlineRuns {

    private final DueJobs jobs;
    private final CallerTransactions transactions;

    InlineRuns(DueJobs jobs, CallerTransactions transactions) {
        this.jobs = jobs;
        this.transactions = transactions;
    }

    /** Runs what is due, and throws what the first handler that fails throws; inside of a run, after that run. */
    void runDue() {
        if (!jobs.areRunning()) {
            transactions.outside(this::run);
        }
    }

    /** Runs what is due once the transaction of the caller has committed. */
    void runAfterCommit() {
        transactions.afterCommit(this::runDue);
    }

    /**
     * Runs what is due for somebody who waits for the result of a job, also inside of a run. A failure that will be retried
     * is thrown, since nobody retries it while the caller waits.
     *
     * @return the jobs that have failed for good, the awaited one among them
     */
    List<DrainedJob> runAwaited() {
        List<DrainedJob> ran = new ArrayList<>();
        transactions.outside(() -> ran.addAll(jobs.run(DueJobs::willBeRetried)));
        return ran.stream().filter(DueJobs::hasFailed).toList();
    }

    private void run() {
        List<DrainedJob> unusedRan = jobs.run(DueJobs::hasFailed);
    }
}
