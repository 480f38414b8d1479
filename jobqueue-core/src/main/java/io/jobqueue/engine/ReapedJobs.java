package io.jobqueue.engine;

import io.jobqueue.JobError;
import io.jobqueue.JobEvent.Kind;
import io.jobqueue.JobId;
import io.jobqueue.JobQueueException;
import io.jobqueue.JobState;
import io.jobqueue.store.JobLedger;
import io.jobqueue.store.Partition;
import io.jobqueue.store.Reaped;
import io.jobqueue.store.StoredJob;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what has become of jobs whose workers were lost. */
final class ReapedJobs {

    private static final Logger log = LoggerFactory.getLogger(ReapedJobs.class);

    private final JobLedger ledger;
    private final JobSteps steps;

    ReapedJobs(JobLedger ledger, JobSteps steps) {
        this.ledger = ledger;
        this.steps = steps;
    }

    /**
     * @param queue what the store calls it
     * @param error why jobs among them have failed
     */
    void tell(String queue, List<Reaped> reaped, JobError error) {
        for (Reaped job : reaped) {
            if (job.state() == JobState.FAILED || steps.areFollowed()) {
                tell(queue, job, error);
            }
        }
    }

    private void tell(String queue, Reaped reaped, JobError error) {
        Optional<StoredJob> job = find(queue, reaped.jobId());
        Kind kind = kind(reaped.state());
        steps.tell(
                kind,
                JobId.of(Partition.queueOf(queue), reaped.jobId()),
                job.map(stored -> stored.spec().type()).orElse(""),
                job.map(StoredJob::attempts).orElse(0),
                kind == Kind.FAILED ? error : null);
    }

    /** The jobs are taken over already, so what is not known of one is left out. */
    private Optional<StoredJob> find(String queue, String id) {
        try {
            return ledger.find(queue, id);
        } catch (JobQueueException e) {
            log.debug("Job '{}' of queue '{}' could not be looked at", id, Partition.named(queue), e);
            return Optional.empty();
        }
    }

    private static Kind kind(JobState state) {
        return switch (state) {
            case FAILED -> Kind.FAILED;
            case CANCELLED -> Kind.CANCELLED;
            default -> Kind.CRASHED;
        };
    }
}
