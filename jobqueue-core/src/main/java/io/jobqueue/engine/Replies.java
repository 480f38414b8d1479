package io.jobqueue.engine;

import io.jobqueue.JobCancelledException;
import io.jobqueue.JobError;
import io.jobqueue.JobFailedException;
import io.jobqueue.JobId;
import io.jobqueue.JobQueueException;
import io.jobqueue.JobState;
import io.jobqueue.JobWaitTimeoutException;
import io.jobqueue.store.EnqueueAnswer;
import io.jobqueue.store.JobOutcome;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Enqueues jobs and waits for their results. Thread-safe. */
final class Replies {

    private static final int MOST_COLLISIONS = 3;

    private final ReplyLine line;
    private final JobWriter writer;
    private final Enqueuer enqueuer;
    private final JobReader reader;
    private final BriefSpin spin = BriefSpin.ofThisProcess();

    Replies(ReplyLine line, JobWriter writer, Enqueuer enqueuer, JobReader reader) {
        this.line = line;
        this.writer = writer;
        this.enqueuer = enqueuer;
        this.reader = reader;
    }

    /** Enqueues a job and waits for its result on the calling thread. */
    <R> @Nullable R await(PreparedJob prepared, Class<R> resultType, Duration timeout) {
        Waiter waiter = enqueue(prepared);
        boolean unusedSinceItIsAskedAgain = spin.await(waiter.outcome()::isDone);
        try {
            return result(
                    prepared, waiter.id(), waiter.outcome().get(timeout.toNanos(), TimeUnit.NANOSECONDS), resultType);
        } catch (ExecutionException | TimeoutException e) {
            throw failure(waiter.id(), e, timeout);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobQueueException("job " + waiter.id() + ": whoever waited for it was interrupted", e);
        } finally {
            line.leave(waiter);
        }
    }

    /** Enqueues a job and returns a future of its result, which ends on a thread of our own. */
    <R> CompletableFuture<@Nullable R> future(PreparedJob prepared, Class<R> resultType, Duration timeout) {
        Waiter waiter = enqueue(prepared);
        CompletableFuture<JobOutcome> outcome = waiter.outcome();
        CompletableFuture<@Nullable R> result = new CompletableFuture<>();
        CompletableFuture<JobOutcome> unusedEnd = outcome.orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS)
                .whenCompleteAsync(
                        (ended, error) -> {
                            try {
                                line.leave(waiter);
                            } finally {
                                end(
                                        result,
                                        () -> result(
                                                prepared,
                                                waiter.id(),
                                                ended(waiter.id(), ended, error, timeout),
                                                resultType));
                            }
                        },
                        line.threads());
        CompletableFuture<@Nullable R> unusedCancel = result.whenComplete((value, error) -> outcome.cancel(false));
        return result;
    }

    private Waiter enqueue(PreparedJob prepared) {
        line.open();
        PreparedJob job = prepared.withReplyTo(line.address());
        Waiter waiter = line.join(id(job));
        EnqueueAnswer answer = enqueue(job, waiter);
        for (int i = 0; job.collides(answer) && i < MOST_COLLISIONS; i++) {
            line.leave(waiter); // the other job of that id has our address now
            job = writer.renewId(job);
            waiter = line.join(id(job));
            answer = enqueue(job, waiter);
        }
        if (answer.id().equals(job.job().id())) {
            line.enqueued(waiter, answer);
            return waiter;
        }
        line.drop(waiter);
        return line.joined(JobId.of(job.queue(), answer.id()), answer);
    }

    private EnqueueAnswer enqueue(PreparedJob job, Waiter waiter) {
        try {
            return enqueuer.enqueue(job);
        } catch (Throwable e) {
            line.drop(waiter);
            throw e;
        }
    }

    private static JobId id(PreparedJob job) {
        return JobId.of(job.queue(), job.job().id());
    }

    private <R> @Nullable R result(PreparedJob prepared, JobId id, JobOutcome outcome, Class<R> resultType) {
        if (outcome.state() == JobState.COMPLETED) {
            return reader.result(prepared.job().spec().type(), outcome.result(), resultType);
        }
        if (outcome.state() == JobState.CANCELLED) {
            throw new JobCancelledException(id);
        }
        JobError error = outcome.error();
        throw new JobFailedException(id, error != null ? error : new JobError("UNKNOWN", null, ""));
    }

    private static <R> void end(CompletableFuture<R> future, Supplier<R> result) {
        try {
            future.complete(result.get());
        } catch (Throwable e) { // whoever holds the future must not wait for ever
            future.completeExceptionally(e);
        }
    }

    private static JobOutcome ended(
            JobId id, @Nullable JobOutcome outcome, @Nullable Throwable error, Duration timeout) {
        if (outcome == null) {
            throw failure(id, Objects.requireNonNull(error), timeout);
        }
        return outcome;
    }

    private static RuntimeException failure(JobId id, Throwable error, Duration timeout) {
        Throwable cause = error;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof TimeoutException) {
            return new JobWaitTimeoutException(id, timeout);
        }
        return cause instanceof RuntimeException unchecked
                ? unchecked
                : new JobQueueException(id + ": " + cause, cause);
    }
}
