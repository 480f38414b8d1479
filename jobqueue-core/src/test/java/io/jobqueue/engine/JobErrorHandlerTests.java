package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.Handler;
import io.jobqueue.Job;
import io.jobqueue.JobErrorHandler;
import io.jobqueue.JobErrorHandler.Outcome;
import io.jobqueue.JobOutcomes;
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

    private static Job jobRunBy(Handler<String, ?> handler, JobErrorHandler... errorHandlers) {
        try (WorkerBench bench = bench(handler, errorHandlers)) {
            bench.enqueue("a");
            bench.work();
            return bench.job("a");
        }
    }

    private static @Nullable String error(Job job) {
        return Objects.requireNonNull(job.error()).message();
    }

    @Test
    void plannedOutcomeMayStay() {
        Job job = jobRunBy(BROKEN, (context, failure, plan) -> plan);

        assertThat(job).returns(JobState.SCHEDULED, Job::state).returns(1, Job::attempts);
    }

    @Test
    void nextAttemptMayFollowLater() {
        try (WorkerBench bench = bench(BROKEN, answering(new Outcome.RetryAfter(MINUTE)))) {
            Instant end = bench.clock.instant().plus(MINUTE);
            bench.enqueue("a");
            bench.work();

            assertThat(bench.job("a")).returns(JobState.SCHEDULED, Job::state).returns(end, Job::dueAt);
            assertThat(planned).singleElement().isInstanceOf(Outcome.RetryAfter.class);
            assertThat(failures).containsExactly("no luck");
        }
    }

    @Test
    void retryMayBecomeAFailure() {
        Job job = jobRunBy(BROKEN, answering(new Outcome.Fail()));

        assertThat(job).returns(JobState.FAILED, Job::state).returns(1, Job::attempts);
        assertThat(error(job)).isEqualTo("no luck");
    }

    @Test
    void failureMayBecomeARetry() {
        Job job = jobRunBy(
                (payload, context) -> {
                    throw JobOutcomes.fail("closed");
                },
                answering(new Outcome.RetryAfter(MINUTE)));

        assertThat(planned).containsExactly(new Outcome.Fail());
        assertThat(job).returns(JobState.SCHEDULED, Job::state).returns(1, Job::attempts);
        assertThat(error(job)).isEqualTo("closed");
    }

    @Test
    void failureMayBeTakenAsTheEnd() {
        Job completed = jobRunBy(BROKEN, answering(new Outcome.Complete()));
        Job cancelled = jobRunBy(BROKEN, answering(new Outcome.Cancel()));

        assertThat(completed).returns(JobState.COMPLETED, Job::state).returns(null, Job::outcome);
        assertThat(cancelled).returns(JobState.CANCELLED, Job::state);
    }

    @Test
    void eachHandlerSeesWhatTheOneBeforeDecided() {
        Job job = jobRunBy(BROKEN, answering(new Outcome.Fail()), answering(new Outcome.Complete()));

        assertThat(planned).hasSize(2).last().isEqualTo(new Outcome.Fail());
        assertThat(job.state()).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void handlerThatThrowsKeepsWhatWasPlannedAndIsLogged() {
        try (LogLines log = new LogLines()) {
            Job job = jobRunBy(BROKEN, answering(new Outcome.Fail()), (context, failure, plan) -> {
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
        Job job = jobRunBy(BROKEN, (context, failure, plan) -> null);

        assertThat(job.state()).isEqualTo(JobState.SCHEDULED);
    }

    @Test
    void delayOutOfBoundsKeepsWhatWasPlanned() {
        Job job = jobRunBy(
                BROKEN,
                answering(new Outcome.Fail()),
                (context, failure, plan) -> new Outcome.RetryAfter(Duration.ofMillis(-1)));

        assertThat(job.state()).isEqualTo(JobState.FAILED);
    }

    @Test
    void whatTheHandlerDecidedItselfIsNoFailure() {
        Job snoozed = jobRunBy(
                (payload, job) -> {
                    throw JobOutcomes.snooze(MINUTE);
                },
                answering(new Outcome.Complete()));
        Job cancelled = jobRunBy(
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
