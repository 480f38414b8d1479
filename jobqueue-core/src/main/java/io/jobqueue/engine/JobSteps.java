package io.jobqueue.engine;

import io.jobqueue.Enqueued;
import io.jobqueue.JobError;
import io.jobqueue.JobEvent.Kind;
import io.jobqueue.JobId;
import io.jobqueue.store.EnqueueAnswer;
import io.jobqueue.store.Settlement;
import org.jspecify.annotations.Nullable;

/** Tells a listener of the steps of jobs, and makes nothing of those it does not follow. Thread-safe. */
final class JobSteps {

    private final EngineListener listener;

    JobSteps(EngineListener listener) {
        this.listener = listener;
    }

    /** Returns whether every step is told; otherwise only that a job has failed for good. */
    boolean areFollowed() {
        return listener.followsJobs();
    }

    /** Tells that a job was stored, if the answer says so. */
    void enqueued(PreparedJob job, EnqueueAnswer answer) {
        if (areFollowed() && answer.status() == Enqueued.Status.QUEUED) {
            tell(
                    Kind.ENQUEUED,
                    JobId.of(job.queue(), answer.id()),
                    job.job().spec().type(),
                    0,
                    null);
        }
    }

    void started(RunningJob job) {
        if (areFollowed()) {
            tell(Kind.STARTED, job.id(), job.type(), job.attempt(), null);
        }
    }

    void settled(RunningJob job, @Nullable Settlement settlement) {
        if (settlement instanceof Settlement.Fail fail) {
            tell(Kind.FAILED, job.id(), job.type(), job.attempt(), fail.error());
        } else if (areFollowed()) {
            JobError error = settlement instanceof Settlement.Retry retry ? retry.error() : null;
            tell(kind(settlement), job.id(), job.type(), job.attempt(), error);
        }
    }

    void tell(Kind kind, JobId id, String type, int attempt, @Nullable JobError error) {
        listener.happened(new JobStep(kind, id, type, attempt, error));
    }

    private static Kind kind(@Nullable Settlement settlement) {
        return switch (Settlements.outcome(settlement)) {
            case COMPLETED -> Kind.COMPLETED;
            case RETRIED -> Kind.RETRIED;
            case FAILED -> Kind.FAILED;
            case CANCELLED -> Kind.CANCELLED;
            case RELEASED -> Kind.RELEASED;
        };
    }
}
