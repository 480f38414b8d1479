package io.jobqueue.spring.actuate;

import io.jobqueue.LiveWorker;
import io.jobqueue.QueueCounts;
import io.jobqueue.engine.WorkerStatus;
import io.jobqueue.spring.actuate.QueueSnapshot.Standing;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A queue, as JSON shows it. Nothing of its jobs but their numbers.
 *
 * @param jobs how many jobs are in each state
 * @param paused whether the whole queue is paused
 * @param pausedTypes the types that are paused one by one
 * @param oldestWaitingSeconds for how long the oldest of the next jobs has waited; zero when none waits
 * @param lastActivity when a job was last enqueued, claimed or settled; null when never
 * @param workers the workers of all processes
 * @param here the worker of this process; null when it has none
 * @param settings what holds in this process
 * @param erased how many jobs the request has erased; null when it was none that erases
 */
public record QueueDescription(
        Map<String, Long> jobs,
        boolean paused,
        Set<String> pausedTypes,
        double oldestWaitingSeconds,
        @Nullable Instant lastActivity,
        List<Worker> workers,
        @Nullable Here here,
        Map<String, SettingDescription> settings,
        @Nullable Long erased) {

    private static final double MILLIS_PER_SECOND = 1000.0;

    /**
     * A worker of any process.
     *
     * @param name what people call it
     * @param since when it first asked for jobs
     * @param leaseUntil when its claims end unless it renews them
     * @param holds how many jobs it holds
     */
    public record Worker(String name, Instant since, Instant leaseUntil, int holds) {

        static Worker of(LiveWorker worker) {
            return new Worker(worker.name(), worker.since(), worker.leaseUntil(), worker.holds());
        }
    }

    /**
     * The worker of this process.
     *
     * @param slots how many jobs it runs at once
     * @param busy how many it is running
     * @param stuck how many of these ignore their interrupt
     * @param consuming whether it would pick up a waiting job
     * @param paused whether every handler of the queue is paused in this process, or this worker is by its name
     * @param troubles what keeps it from that
     */
    public record Here(int slots, int busy, int stuck, boolean consuming, boolean paused, List<String> troubles) {

        static Here of(WorkerStatus status) {
            return new Here(
                    status.slots(),
                    status.busy(),
                    status.stuck(),
                    status.consuming(),
                    status.paused(),
                    status.troubles());
        }
    }

    static QueueDescription of(
            Standing standing,
            List<LiveWorker> workers,
            @Nullable WorkerStatus here,
            Map<String, SettingDescription> settings) {
        return new QueueDescription(
                jobs(standing.overview().counts()),
                standing.overview().paused(),
                standing.overview().pausedTypes(),
                standing.latency().toMillis() / MILLIS_PER_SECOND,
                standing.overview().lastActivity(),
                workers.stream().map(Worker::of).toList(),
                here == null ? null : Here.of(here),
                settings,
                null);
    }

    QueueDescription withErased(long jobs) {
        return new QueueDescription(
                this.jobs, paused, pausedTypes, oldestWaitingSeconds, lastActivity, workers, here, settings, jobs);
    }

    private static Map<String, Long> jobs(QueueCounts counts) {
        Map<String, Long> jobs = new LinkedHashMap<>();
        jobs.put("scheduled", counts.scheduled());
        jobs.put("waiting", counts.waiting());
        jobs.put("active", counts.active());
        jobs.put("completed", counts.completed());
        jobs.put("failed", counts.failed());
        jobs.put("cancelled", counts.cancelled());
        return jobs;
    }
}
