package io.jobqueue.engine;

import io.jobqueue.EnqueueTiming;
import io.jobqueue.Enqueued;
import io.jobqueue.JobId;
import io.jobqueue.store.EnqueueAnswer;
import io.jobqueue.store.JobOptions;
import io.jobqueue.store.JobSpec;
import io.jobqueue.store.NewJob;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job that was checked and written, ready to be stored.
 *
 * @param queue the queue it goes to
 * @param job the job
 * @param generated whether its id was made by us, so that another will do as well
 * @param timing what it waits for when there is a transaction; null for the producer's setting
 */
record PreparedJob(
        String queue,
        NewJob job,
        boolean generated,
        @Nullable EnqueueTiming timing) {

    PreparedJob withId(String id) {
        return new PreparedJob(
                queue,
                new NewJob(
                        id,
                        job.spec(),
                        job.ifFailed(),
                        job.delay(),
                        job.runAt(),
                        job.placement(),
                        job.dedup(),
                        job.replyTo()),
                generated,
                timing);
    }

    JobId id() {
        return JobId.of(queue, job.id());
    }

    /** Returns the same job with more headers, as far as there is room for them. */
    PreparedJob withHeaders(Map<String, String> added) {
        JobSpec spec = job.spec();
        JobOptions options = spec.options();
        JobSpec extended = new JobSpec(
                spec.type(),
                spec.payload(),
                spec.priority(),
                new JobOptions(
                        options.maxAttempts(),
                        options.backoff(),
                        options.timeout(),
                        options.retention(),
                        AddedHeaders.merge(options.headers(), added)));
        return new PreparedJob(
                queue,
                new NewJob(
                        job.id(),
                        extended,
                        job.ifFailed(),
                        job.delay(),
                        job.runAt(),
                        job.placement(),
                        job.dedup(),
                        job.replyTo()),
                generated,
                timing);
    }

    PreparedJob withReplyTo(@Nullable String replyTo) {
        return new PreparedJob(
                queue,
                new NewJob(
                        job.id(),
                        job.spec(),
                        job.ifFailed(),
                        job.delay(),
                        job.runAt(),
                        job.placement(),
                        job.dedup(),
                        replyTo),
                generated,
                timing);
    }

    /**
     * Returns what the answer means for this job: who has a generated id is this job itself when the call may have been
     * made twice, for that is far more likely than a second job of the same id.
     */
    EnqueueAnswer understood(EnqueueAnswer answer) {
        return answer.mayBeOwn() && collides(answer)
                ? new EnqueueAnswer(answer.id(), Enqueued.Status.QUEUED, answer.state(), answer.result())
                : answer;
    }

    /** Returns whether our generated id turned out to belong to another job. */
    boolean collides(EnqueueAnswer answer) {
        return generated
                && answer.status() != Enqueued.Status.QUEUED
                && answer.id().equals(job.id());
    }
}
