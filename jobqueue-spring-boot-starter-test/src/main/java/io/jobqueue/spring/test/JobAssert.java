package io.jobqueue.spring.test;

import io.jobqueue.JobData;
import io.jobqueue.JobError;
import io.jobqueue.JobSnapshot;
import io.jobqueue.JobState;
import java.time.Duration;
import java.util.Objects;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/** Assertions about one job; see {@link JobQueueAssertions}. */
public final class JobAssert extends AbstractAssert<JobAssert, JobSnapshot> {

    JobAssert(@Nullable JobSnapshot actual) {
        super(actual, JobAssert.class);
    }

    /** Verifies that it is in a state. */
    public JobAssert isInState(JobState state) {
        return holds("state", state, job().state());
    }

    /** Verifies that its handler has returned. */
    public JobAssert hasCompleted() {
        return isInState(JobState.COMPLETED);
    }

    /** Verifies that it failed for good. */
    public JobAssert hasFailed() {
        return isInState(JobState.FAILED);
    }

    /** Verifies that it was cancelled. */
    public JobAssert wasCancelled() {
        return isInState(JobState.CANCELLED);
    }

    /** Verifies that it waits to be claimed. */
    public JobAssert isWaiting() {
        return isInState(JobState.WAITING);
    }

    /** Verifies the name that selects its handler. */
    public JobAssert hasType(String type) {
        return holds("type", type, job().type());
    }

    /** Verifies its queue. */
    public JobAssert isOnQueue(String queue) {
        return holds("queue", queue, job().id().queue());
    }

    /** Verifies that its payload, read as the class of {@code payload}, equals it. */
    public JobAssert hasPayload(Object payload) {
        return holds("payload", payload, job().payload().as(payload.getClass()));
    }

    /** Verifies that it has completed with a result that, read as the class of {@code result}, equals it. */
    public JobAssert hasResult(Object result) {
        hasCompleted();
        JobData outcome = job().outcome();
        return holds("result", result, outcome == null ? null : outcome.as(result.getClass()));
    }

    /** Verifies that its handler, or an interceptor, has returned nothing. */
    public JobAssert hasNoResult() {
        hasCompleted();
        return holds("result", null, job().outcome());
    }

    /** Verifies how many of its attempts have begun. */
    public JobAssert hasAttempts(int attempts) {
        return holds("attempts", attempts, job().attempts());
    }

    /** Verifies its priority. */
    public JobAssert hasPriority(int priority) {
        return holds("priority", priority, job().priority());
    }

    /** Verifies the value of a header. */
    public JobAssert hasHeader(String name, String value) {
        return holds("header '" + name + "'", value, job().headers().get(name));
    }

    /** Verifies that the error that is kept with it contains a text. */
    public JobAssert hasErrorContaining(String text) {
        JobError error = job().error();
        if (error == null || !error.summary().contains(text)) {
            failWithMessage(
                    "Expected job %s to have an error that contains%n  %s%nbut it %s",
                    job().id(), text, error == null ? "has none" : "was%n  ".formatted() + error.summary());
        }
        return this;
    }

    /** Verifies that it is due that long after it was enqueued. */
    public JobAssert isDueIn(Duration delay) {
        JobSnapshot job = job();
        Duration due = job.dueAt() == null ? Duration.ZERO : Duration.between(job.createdAt(), job.dueAt());
        return holds("delay", delay, due);
    }

    private JobSnapshot job() {
        isNotNull();
        return Objects.requireNonNull(actual);
    }

    private JobAssert holds(String what, @Nullable Object expected, @Nullable Object found) {
        if (!Objects.equals(expected, found)) {
            failWithActualExpectedAndMessage(
                    found,
                    expected,
                    "Expected job %s to have the %s%n  %s%nbut it was%n  %s",
                    job().id(),
                    what,
                    expected,
                    found);
        }
        return this;
    }
}
