package io.jobqueue.spring.test;

import io.jobqueue.Attempt;
import io.jobqueue.Cancellation;
import io.jobqueue.Enqueued;
import io.jobqueue.JobFailedException;
import io.jobqueue.JobId;
import io.jobqueue.JobListener;
import io.jobqueue.JobQueue;
import io.jobqueue.JobQueueException;
import io.jobqueue.JobRequest;
import io.jobqueue.JobSnapshot;
import io.jobqueue.JobSubscription;
import io.jobqueue.LiveWorker;
import io.jobqueue.QueueCounts;
import io.jobqueue.QueueOperations;
import io.jobqueue.QueueOverview;
import io.jobqueue.engine.DrainedJob;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Runs every job inside of the call that enqueues it; see {@link JobQueueTestMode#INLINE}. Thread-safe. */
final class InlineJobQueue implements JobQueue {

    private final JobQueue jobQueue;
    private final InlineRuns runs;

    InlineJobQueue(JobQueue jobQueue, InlineRuns runs) {
        this.jobQueue = jobQueue;
        this.runs = runs;
    }

    @Override
    public Enqueued enqueue(Object payload) {
        return run(jobQueue.enqueue(payload));
    }

    @Override
    public Enqueued enqueue(String type, Object payload) {
        return run(jobQueue.enqueue(type, payload));
    }

    @Override
    public Enqueued enqueue(JobRequest request) {
        return run(jobQueue.enqueue(request));
    }

    private Enqueued run(Enqueued enqueued) {
        run(List.of(enqueued));
        return enqueued;
    }

    @Override
    public List<Enqueued> enqueueAll(Collection<JobRequest> requests) {
        List<Enqueued> enqueued = jobQueue.enqueueAll(requests);
        run(enqueued);
        return enqueued;
    }

    private void run(List<Enqueued> enqueued) {
        if (enqueued.stream().anyMatch(Enqueued::isDeferred)) {
            runs.runAfterCommit();
        }
        if (enqueued.stream().anyMatch(Enqueued::isNew)) {
            runs.runDue();
        }
    }

    @Override
    public <R> @Nullable R enqueueAndWait(JobRequest request, Class<R> resultType, Duration timeout) {
        try {
            return enqueueForResult(request, resultType, timeout).get();
        } catch (ExecutionException e) {
            throw DueJobs.<RuntimeException>unchecked(Objects.requireNonNull(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobQueueException("whoever waited for the job was interrupted", e);
        }
    }

    @Override
    public <R> CompletableFuture<@Nullable R> enqueueForResult(
            JobRequest request, Class<R> resultType, Duration timeout) {
        CompletableFuture<@Nullable R> result = jobQueue.enqueueForResult(request, resultType, timeout);
        List<DrainedJob> failed = runAwaited(result);
        return failed.isEmpty() ? result : result.handle((value, failure) -> end(failed, value, failure));
    }

    /** The failure of a job that nobody waits for ends the waiting for another, or it would be seen by nobody. */
    private static <R> @Nullable R end(List<DrainedJob> failed, @Nullable R value, @Nullable Throwable failure) {
        Throwable thrown = failure;
        for (DrainedJob job : failed) {
            Throwable other = job.failure();
            if (other == null || isOf(job, failure)) {
                continue;
            }
            if (thrown == null) {
                thrown = other;
            } else {
                thrown.addSuppressed(other);
            }
        }
        if (thrown != null) {
            throw DueJobs.<RuntimeException>unchecked(thrown);
        }
        return value;
    }

    private static boolean isOf(DrainedJob job, @Nullable Throwable failure) {
        return failure instanceof JobFailedException awaited && awaited.id().equals(job.id());
    }

    private List<DrainedJob> runAwaited(CompletableFuture<?> result) {
        try {
            return runs.runAwaited();
        } catch (Throwable e) {
            result.cancel(false);
            throw e;
        }
    }

    @Override
    public Optional<JobSnapshot> find(JobId id) {
        return jobQueue.find(id);
    }

    @Override
    public List<Attempt> history(JobId id) {
        return jobQueue.history(id);
    }

    @Override
    public List<JobSnapshot> locate(String jobId) {
        return jobQueue.locate(jobId);
    }

    @Override
    public List<QueueOverview> overview() {
        return jobQueue.overview();
    }

    @Override
    public Cancellation cancel(JobId id) {
        return jobQueue.cancel(id);
    }

    @Override
    public QueueCounts counts(String queue) {
        return jobQueue.counts(queue);
    }

    @Override
    public QueueOperations queue(String name) {
        return jobQueue.queue(name);
    }

    @Override
    public Set<String> queues() {
        return jobQueue.queues();
    }

    @Override
    public JobSubscription listen(String queue, JobListener listener) {
        return jobQueue.listen(queue, listener);
    }

    @Override
    public List<LiveWorker> workers(String queue) {
        return jobQueue.workers(queue);
    }

    @Override
    public void pauseAll() {
        jobQueue.pauseAll();
    }

    @Override
    public void resumeAll() {
        jobQueue.resumeAll();
    }
}
