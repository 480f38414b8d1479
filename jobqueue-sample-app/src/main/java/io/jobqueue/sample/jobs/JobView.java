package io.jobqueue.sample.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.jobqueue.JobData;
import io.jobqueue.JobError;
import io.jobqueue.JobSnapshot;
import io.jobqueue.JobState;
import io.jobqueue.Progress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job as this application shows it: without its payload and without stack traces.
 *
 * @param error why its last attempt failed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record JobView(
        String id,
        String queue,
        String type,
        JobState state,
        int attempts,
        int crashes,
        @Nullable Progress progress,
        @Nullable Object result,
        @Nullable Failure error,
        Instant createdAt,
        @Nullable Instant dueAt,
        @Nullable Instant finishedAt) {

    record Failure(String type, @Nullable String message) {

        private static @Nullable Failure of(@Nullable JobError error) {
            return error == null ? null : new Failure(error.type(), error.message());
        }
    }

    static JobView of(JobSnapshot job) {
        return new JobView(
                job.id().value(),
                job.id().queue(),
                job.type(),
                job.state(),
                job.attempts(),
                job.crashes(),
                job.progress(),
                json(job.outcome()),
                Failure.of(job.error()),
                job.createdAt(),
                job.dueAt(),
                job.finishedAt());
    }

    private static @Nullable Object json(@Nullable JobData data) {
        return data == null ? null : data.as(Object.class);
    }
}
