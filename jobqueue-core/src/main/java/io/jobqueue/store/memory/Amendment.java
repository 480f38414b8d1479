package io.jobqueue.store.memory;

import io.jobqueue.JobEvent.Kind;
import io.jobqueue.JobState;
import io.jobqueue.store.JobChange;
import io.jobqueue.store.JobSpec;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Changes one job by hand; false when it is not in a state for it. Runs under the queue's lock. */
final class Amendment {

    private final JobTable jobs;
    private final EventLog events;
    private final @Nullable MemoryJob job;
    private final long now;

    Amendment(MemoryQueue queue, String jobId, long now) {
        this.now = now;
        jobs = queue.jobs();
        events = queue.events();
        job = jobs.getKept(jobId, now);
    }

    boolean replay() {
        if (job == null || !job.state.isTerminal()) {
            return false;
        }
        job.begin();
        jobs.waitLast(job, now);
        events.happened(Kind.REPLAYED, job);
        return true;
    }

    boolean promote() {
        if (job == null || job.state != JobState.SCHEDULED) {
            return false;
        }
        jobs.waitLast(job, now);
        events.happened(Kind.PROMOTED, job);
        return true;
    }

    boolean change(JobChange change) {
        if (job == null || !job.hasNotStarted()) {
            return false;
        }
        Duration delay = change.delay();
        JobSpec changed = changed(job.spec, change);
        jobs.updateAside(job, () -> job.spec = changed);
        if (delay != null) {
            jobs.waitOrSchedule(job, delay.toMillis(), now);
        } else if (change.priority() != null && job.state == JobState.WAITING) {
            jobs.waitLast(job, job.waitingSince);
        }
        events.happened(Kind.CHANGED, job);
        return true;
    }

    boolean retain(Duration retention) {
        if (job == null || !job.state.isTerminal()) {
            return false;
        }
        jobs.keepUntil(job, now + retention.toMillis());
        if (job.isPastRetention(now)) {
            jobs.remove(job);
            events.happened(Kind.REMOVED, job);
        }
        return true;
    }

    private static JobSpec changed(JobSpec spec, JobChange change) {
        Integer priority = change.priority();
        byte[] payload = change.payload();
        return new JobSpec(
                spec.type(),
                payload == null ? spec.payload() : payload,
                priority == null ? spec.priority() : priority,
                spec.options());
    }
}
