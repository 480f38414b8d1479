package io.jobqueue.spring.test;

import io.jobqueue.JobPage;
import io.jobqueue.JobQuery;
import io.jobqueue.JobQueue;
import io.jobqueue.JobSnapshot;
import io.jobqueue.JobState;
import io.jobqueue.QueueOperations;
import io.jobqueue.engine.DrainedJob;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs the jobs of a test and shows what was enqueued. A bean where {@link AutoConfigureJobQueue} or {@link JobQueueTest}
 * is. Thread-safe, but jobs run one by one, on the thread that drains.
 */
public final class JobQueueTester {

    /** The most jobs that one drain runs. */
    public static final int MOST_RUNS = 10_000;

    private static final int PAGE = 100;

    private final JobQueue jobQueue;
    private final DueJobs jobs;
    private final HeldClock clock;
    private final Runnable advanced;

    /** @param advanced is called whenever the clock was advanced */
    JobQueueTester(JobQueue jobQueue, DueJobs jobs, HeldClock clock, Runnable advanced) {
        this.jobQueue = jobQueue;
        this.jobs = jobs;
        this.clock = clock;
        this.advanced = advanced;
    }

    /**
     * Runs what is due in all queues on the calling thread, and what these jobs enqueue, until nothing is due. A delayed
     * job or a retry is due when the clock was {@linkplain #advance advanced} far enough. Every job is claimed, run and
     * settled as by a worker; but no timeout interrupts it.
     *
     * <p>When an attempt fails, what the handler threw is thrown here as it is, checked or not: the job is settled then, for
     * a retry or for good, and the jobs behind it have not run.
     *
     * @return what ran, in order; empty when nothing was due
     * @throws IllegalStateException when a job has no handler here, or the jobs go on enqueueing each other
     */
    public List<DrainedJob> drain() {
        return jobs.run(DueJobs::hasFailed);
    }

    /** Runs what is due in one queue; see {@link #drain()}. */
    public List<DrainedJob> drain(String queue) {
        return jobs.run(queue, DueJobs::hasFailed);
    }

    /**
     * Moves the clock of the store forward: delays, retries, leases and retention go by it. Runs nothing, but in the mode
     * {@link JobQueueTestMode#INLINE} what has become due, and throws what a handler throws then.
     *
     * @throws IllegalArgumentException when {@code by} is negative
     */
    public void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("advance by " + by + ": the clock goes forward only");
        }
        clock.advance(by);
        advanced.run();
    }

    /** Returns the time of the store. */
    public Instant now() {
        return clock.source().instant();
    }

    /** Returns all jobs that wait or are delayed, in order of queue, then of enqueue. */
    public List<JobSnapshot> enqueued() {
        return jobQueue.queues().stream().sorted().flatMap(this::enqueuedIn).toList();
    }

    /** Returns the jobs of a type that wait or are delayed, in order of queue, then of enqueue. */
    public List<JobSnapshot> enqueued(String type) {
        return enqueued().stream().filter(job -> job.type().equals(type)).toList();
    }

    private Stream<JobSnapshot> enqueuedIn(String queue) {
        return Stream.of(JobState.WAITING, JobState.SCHEDULED)
                .flatMap(state -> jobs(queue, state).stream())
                .sorted(Comparator.comparing(JobSnapshot::createdAt));
    }

    private List<JobSnapshot> jobs(String queue, JobState state) {
        List<JobSnapshot> jobs = new ArrayList<>();
        QueueOperations operations = jobQueue.queue(queue);
        @Nullable String cursor = null;
        do {
            JobPage page = operations.search(JobQuery.all().inState(state), cursor, PAGE);
            jobs.addAll(page.jobs());
            cursor = page.next();
        } while (cursor != null);
        return jobs;
    }

    /** Removes every job of every queue. Done after each test method by itself. */
    public void clear() {
        jobQueue.queues().forEach(queue -> jobQueue.queue(queue).clear());
    }
}
