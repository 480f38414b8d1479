package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.Handler;
import io.jobqueue.JobErrorHandler;
import io.jobqueue.JobErrorHandler.Outcome;
import io.jobqueue.JobOutcomes;
import io.jobqueue.JobSnapshot;
import io.jobqueue.JobState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JobErrorHandlerTests {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Handler<String, String> BROKEN = (payload, job) -> {
        throw new IllegalStateException("no luck");
    };

    private final List<Outcome> planned = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    private JobErrorHandler answering(Outcome outcome) {
        return (job, failure, plan) -> {
            planned.add(plan);
            failures.add(String.valueOf(failure.getMessage()));
            return outcome;
        };
    }

    private static WorkerBench bench(Handler<String, ?> handler, JobErrorHandler... errorHandlers) {
        return WorkerBench.of(new Extensions(List.of(), List.of(), List.of(errorHandlers)), handler);
    }

    private static JobSnapshot jobRunBy(Handler<String, ?> handler, JobErrorHandler... errorHandlers) {
        try (WorkerBench bench = bench(handler, errorHandlers)) {
            bench.enqueue("a");
            bench.work();
            return bench.job("a");
        }
    }

    private static @Nullable String error(JobSnapshot job) {
        return Objects.requireNonNull(job.error()).message();
    }

    @Test
    void plannedOutcomeMayStay() {
        JobSnapshot job = jobRunBy(BROKEN, (context, failure, plan) -> plan);

        assertThat(job).returns(JobState.SCHEDULED, JobSnapshot::state).returns(1, JobSnapshot::attempts);
    }

    @Test
    void nextAttemptMayFollowLater() {
        try (WorkerBench bench = bench(BROKEN, answering(new Outcome.RetryAfter(MINUTE)))) {
            Instant end = bench.clock.instant().plus(MINUTE);
            bench.enqueue("a");
            bench.work();

            assertThat(bench.job("a"))
                    .returns(JobState.SCHEDULED, JobSnapshot::state)
                    .returns(end, JobSnapshot::dueAt);
            assertThat(planned).singleElement().isInstanceOf(Outcome.RetryAfter.class);
            assertThat(failures).containsExactly("no luck");
        }
    }

    @Test
    void retryMayBecomeAFailure() {
        JobSnapshot job = jobRunBy(BROKEN, answering(new Outcome.Fail()));

        assertThat(job).returns(JobState.FAILED, JobSnapshot::state).returns(1, JobSnapshot::attempts);
        assertThat(error(job)).isEqualTo("no luck");
    }

    @Test
    void failureMayBecomeARetry() {
        JobSnapshot job = jobRunBy(
                (payload, context) -> {
                    throw JobOutcomes.fail("closed");
                },
                answering(new Outcome.RetryAfter(MINUTE)));

        assertThat(planned).containsExactly(new Outcome.Fail());
        assertThat(job).returns(JobState.SCHEDULED, JobSnapshot::state).returns(1, JobSnapshot::attempts);
        assertThat(error(job)).isEqualTo("closed");
    }

    @Test
    void failureMayBeTakenAsTheEnd() {
        JobSnapshot completed = jobRunBy(BROKEN, answering(new Outcome.Complete()));
        JobSnapshot cancelled = jobRunBy(BROKEN, answering(new Outcome.Cancel()));

        assertThat(completed).returns(JobState.COMPLETED, JobSnapshot::state).returns(null, JobSnapshot::outcome);
        assertThat(cancelled).returns(JobState.CANCELLED, JobSnapshot::state);
    }

    @Test
    void eachHandlerSeesWhatTheOneBeforeDecided() {
        JobSnapshot job = jobRunBy(BROKEN, answering(new Outcome.Fail()), answering(new Outcome.Complete()));

        assertThat(planned).hasSize(2).last().isEqualTo(new Outcome.Fail());
        assertThat(job.state()).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void handlerThatThrowsKeepsWhatWasPlannedAndIsLogged() {
        try (LogLines log = new LogLines()) {
            JobSnapshot job = jobRunBy(BROKEN, answering(new Outcome.Fail()), (context, failure, plan) -> {
                throw new IllegalArgumentException("broken error handler");
            });

            assertThat(job.state()).isEqualTo(JobState.FAILED);
            assertThat(error(job)).isEqualTo("no luck");
            assertThat(log.messages())
                    .anySatisfy(
                            line -> assertThat(line).contains("Job work/a", "error handler", "what was planned stays"));
        }
    }

    @Test
    @SuppressWarnings("NullAway") // users are not all checked for it
    void handlerThatReturnsNullKeepsWhatWasPlanned() {
        JobSnapshot job = jobRunBy(BROKEN, (context, failure, plan) -> null);

        assertThat(job.state()).isEqualTo(JobState.SCHEDULED);
    }

    @Test
    void delayOutOfBoundsKeepsWhatWasPlanned() {
        JobSnapshot job = jobRunBy(
                BROKEN,
                answering(new Outcome.Fail()),
                (context, failure, plan) -> new Outcome.RetryAfter(Duration.ofMillis(-1)));

        assertThat(job.state()).isEqualTo(JobState.FAILED);
    }

    @Test
    void whatTheHandlerDecidedItselfIsNoFailure() {
        JobSnapshot snoozed = jobRunBy(
                (payload, job) -> {
                    throw JobOutcomes.snooze(MINUTE);
                },
                answering(new Outcome.Complete()));
        JobSnapshot cancelled = jobRunBy(
                (payload, job) -> {
                    throw JobOutcomes.cancel("not needed");
                },
                answering(new Outcome.Complete()));

        assertThat(planned).isEmpty();
        assertThat(snoozed.state()).isEqualTo(JobState.SCHEDULED);
        assertThat(cancelled.state()).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void cancelledRunIsNotAskedAbout() {
        WorkerBench[] self = new WorkerBench[1];
        try (WorkerBench bench = bench(
                (payload, job) -> {
                    Lease lease = self[0].worker.lease().current();
                    lease.cancel(lease.tokens().get(0));
                    throw new IllegalStateException("interrupted");
                },
                answering(new Outcome.Complete()))) {
            self[0] = bench;
            bench.enqueue("a");
            bench.work();

            assertThat(planned).isEmpty();
            assertThat(bench.job("a").state()).isEqualTo(JobState.CANCELLED);
        }
    }

    @Test
    void cancelDuringTheErrorHandlerGoesBeforeItsDecision() {
        WorkerBench[] self = new WorkerBench[1];
        try (WorkerBench bench = bench(BROKEN, (job, failure, plan) -> {
            Lease lease = self[0].worker.lease().current();
            lease.cancel(lease.tokens().get(0));
            return new Outcome.Complete();
        })) {
            self[0] = bench;
            bench.enqueue("a");
            bench.work();

            assertThat(bench.job("a").state()).isEqualTo(JobState.CANCELLED);
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }
}
