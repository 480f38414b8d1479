package io.jobqueue.store.contract.faulty;

import io.jobqueue.store.EnqueueAnswer;
import io.jobqueue.store.JobSpec;
import io.jobqueue.store.JobStore;
import io.jobqueue.store.NewJob;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** Stores something else than it was given. */
final class ChangedJobs extends PassedOnTransitions {

    private final UnaryOperator<NewJob> change;

    ChangedJobs(JobStore store, UnaryOperator<NewJob> change) {
        super(store);
        this.change = change;
    }

    @Override
    public List<EnqueueAnswer> enqueue(String queue, List<NewJob> jobs) {
        return right.enqueue(queue, jobs.stream().map(change).toList());
    }

    static NewJob withId(NewJob job, String id) {
        return new NewJob(id, job.spec(), job.ifFailed(), job.delay(), job.runAt(), job.replyTo());
    }

    static NewJob withSpec(NewJob job, JobSpec spec) {
        return new NewJob(job.id(), spec, job.ifFailed(), job.delay(), job.runAt(), job.replyTo());
    }

    static NewJob dueNow(NewJob job) {
        return new NewJob(job.id(), job.spec(), job.ifFailed(), Duration.ZERO, null, job.replyTo());
    }
}
