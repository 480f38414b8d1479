package io.jobqueue.engine;

import io.jobqueue.Enqueued;
import io.jobqueue.store.EnqueueAnswer;
import io.jobqueue.store.NewJob;
import org.jspecify.annotations.Nullable;

/**
 * A job that was checked and written, ready to be stored.
 *
 * @param queue the queue it goes to
 * @param job the job
 * @param generated whether its id was made by us, so that another will do as well
 */
record PreparedJob(String queue, NewJob job, boolean generated) {

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
                generated);
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
                generated);
    }

    /** Returns whether our generated id turned out to belong to another job. */
    boolean collides(EnqueueAnswer answer) {
        return generated
                && answer.status() != Enqueued.Status.QUEUED
                && answer.id().equals(job.id());
    }
}
