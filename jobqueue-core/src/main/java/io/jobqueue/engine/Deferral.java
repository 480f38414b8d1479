package io.jobqueue.engine;

import io.jobqueue.DeferredEnqueueException;
import io.jobqueue.EnqueueTiming;
import io.jobqueue.InvalidJobException;
import io.jobqueue.JobId;
import io.jobqueue.Names;
import io.jobqueue.store.EnqueueAnswer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds jobs back until the transaction of the caller has committed. Thread-safe. */
final class Deferral {

    private static final Logger log = LoggerFactory.getLogger(Deferral.class);

    private final TransactionBoundary boundary;
    private final EnqueueTiming usual;
    private final Enqueuer enqueuer;

    /**
     * @param usual when jobs are stored that do not say it
     */
    Deferral(TransactionBoundary boundary, EnqueueTiming usual, Enqueuer enqueuer) {
        this.boundary = boundary;
        this.usual = usual;
        this.enqueuer = enqueuer;
    }

    /** Returns whether the job has to wait for a transaction. */
    boolean concerns(PreparedJob job) {
        EnqueueTiming own = job.timing();
        return (own == null ? usual : own) == EnqueueTiming.AFTER_COMMIT && boundary.isOpen();
    }

    /** Lets the jobs, which were all said to wait, be stored after the commit. */
    void hold(List<PreparedJob> jobs) {
        enqueuer.requireOpen();
        boundary.join(this, () -> new DeferredJobs(this::store)).add(jobs);
    }

    /** Refuses to wait for the result of a job that is not stored before the caller goes on. */
    void requireNoWait(PreparedJob job) {
        if (job.timing() == EnqueueTiming.AFTER_COMMIT && boundary.isOpen()) {
            throw new InvalidJobException(
                    "type '" + Names.shown(job.job().spec().type())
                            + "': its request says afterCommit, so its result cannot be waited for inside the transaction;"
                            + " leave afterCommit out, or enqueue it and read the result after the commit");
        }
    }

    private void store(List<PreparedJob> jobs) {
        List<EnqueueAnswer> answers;
        try {
            answers = enqueuer.enqueueAll(jobs);
        } catch (RuntimeException e) {
            throw told(ids(jobs), String.valueOf(e.getMessage()), e);
        }
        List<PreparedJob> taken = new ArrayList<>();
        for (int i = 0; i < jobs.size(); i++) {
            if (jobs.get(i).collides(answers.get(i))) {
                taken.add(jobs.get(i));
            }
        }
        if (!taken.isEmpty()) {
            throw told(ids(taken), "another job has taken the generated id meanwhile", null);
        }
    }

    /** The log has it even when whoever commits drops the exception, so that no job is lost in silence. */
    private static DeferredEnqueueException told(List<JobId> ids, String why, @Nullable Throwable cause) {
        DeferredEnqueueException failure = new DeferredEnqueueException(ids, why, cause);
        log.error(failure.getMessage(), cause);
        return failure;
    }

    private static List<JobId> ids(List<PreparedJob> jobs) {
        return jobs.stream().map(PreparedJob::id).toList();
    }
}
