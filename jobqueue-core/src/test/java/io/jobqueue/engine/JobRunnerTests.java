package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.Cancellation;
import io.jobqueue.Dedup;
import io.jobqueue.Handler;
import io.jobqueue.InvalidJobException;
import io.jobqueue.JobError;
import io.jobqueue.JobId;
import io.jobqueue.JobOutcomes;
import io.jobqueue.JobRequest;
import io.jobqueue.JobSnapshot;
import io.jobqueue.JobState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class JobRunnerTests {

    private static JobSnapshot jobRunBy(Handler<String, ?> handler) {
        try (WorkerBench bench = WorkerBench.of(1, handler)) {
            bench.enqueue("a");
            bench.work();
            return bench.job("a");
        }
    }

    private static String error(JobSnapshot job) {
        return Objects.requireNonNull(job.error()).summary();
    }

    @Test
    void resultIsKept() {
        assertThat(jobRunBy((payload, job) -> List.of(payload, job.attempt())).result(List.class))
                .contains(List.of("a", 1));
    }

    @Test
    void nullIsAResult() {
        JobSnapshot job = jobRunBy((payload, context) -> null);

        assertThat(job.state()).isEqualTo(JobState.COMPLETED);
        assertThat(job.outcome()).isNull();
    }

    @Test
    void missingPayloadIsHandedInAsNull() {
        List<Boolean> nulls = new ArrayList<>();
        try (WorkerBench bench = WorkerBench.of(1, (payload, job) -> nulls.add(Objects.isNull(payload)))) {
            bench.enqueue(JobRequest.of("type").id("a"));
            bench.work();
        }

        assertThat(nulls).containsExactly(true);
    }

    @Test
    void handlerSeesItsJob() {
        List<Object> seen = new ArrayList<>();
        try (WorkerBench bench = WorkerBench.of(1, (payload, job) -> {
            seen.addAll(List.of(job.id(), job.type(), job.attempt(), job.headers(), job.isCancelled()));
            assertThat(job.fence()).isPositive();
            job.progress(40, "nearly half");
            return null;
        })) {
            bench.enqueue(JobRequest.of("type", "a").id("a").header("tenant", "t1"));
            bench.work();

            assertThat(seen)
                    .containsExactly(JobId.of(WorkerBench.QUEUE, "a"), "type", 1, Map.of("tenant", "t1"), false);
            assertThat(Objects.requireNonNull(bench.job("a").progress()).note()).isEqualTo("nearly half");
        }
    }

    @Test
    void errorsFailTheAttemptLikeExceptions() {
        JobSnapshot overflown = jobRunBy((payload, job) -> {
            throw new StackOverflowError();
        });
        JobSnapshot exhausted = jobRunBy((payload, job) -> {
            throw new OutOfMemoryError("Java heap space");
        });

        assertThat(overflown.state()).isEqualTo(JobState.SCHEDULED);
        assertThat(error(overflown)).isEqualTo("java.lang.StackOverflowError");
        assertThat(error(exhausted)).isEqualTo("java.lang.OutOfMemoryError: Java heap space");
    }

    @Test
    void failedAttemptsAreRepeatedUntilTheyAreUsedUp() {
        List<Integer> attempts = new ArrayList<>();
        try (WorkerBench bench = WorkerBench.of(1, (payload, job) -> {
            attempts.add(job.attempt());
            throw new IllegalStateException("attempt " + job.attempt());
        })) {
            bench.enqueue("a");
            for (int i = 0; i < 5; i++) {
                bench.work();
                bench.clock.advance(Duration.ofSeconds(10));
            }

            assertThat(attempts).containsExactly(1, 2, 3);
            assertThat(bench.job("a").state()).isEqualTo(JobState.FAILED);
            assertThat(error(bench.job("a"))).isEqualTo("java.lang.IllegalStateException: attempt 3");
            assertThat(bench.listener.events())
                    .containsSubsequence("RETRIED 0", "RETRIED 0", "FAILED 0")
                    .doesNotContain("COMPLETED 0");
        }
    }

    @Test
    void snoozedJobRunsAgainWithTheSameAttempt() {
        List<Integer> attempts = new ArrayList<>();
        try (WorkerBench bench = WorkerBench.of(1, (payload, job) -> {
            attempts.add(job.attempt());
            if (attempts.size() < 5) {
                throw JobOutcomes.snooze(Duration.ofMinutes(1));
            }
            return "done";
        })) {
            bench.enqueue("a");
            bench.work();
            assertThat(bench.job("a"))
                    .returns(JobState.SCHEDULED, JobSnapshot::state)
                    .returns(0, JobSnapshot::attempts);

            for (int i = 0; i < 4; i++) {
                bench.clock.advance(Duration.ofSeconds(59));
                bench.work();
                assertThat(attempts).hasSize(i + 1);
                bench.clock.advance(Duration.ofSeconds(1));
                bench.work();
            }

            assertThat(attempts).containsExactly(1, 1, 1, 1, 1);
            assertThat(bench.job("a"))
                    .returns(JobState.COMPLETED, JobSnapshot::state)
                    .returns(1, JobSnapshot::attempts);
            assertThat(bench.listener.events()).contains("RELEASED 0").doesNotContain("RETRIED 0");
        }
    }

    @Test
    void handlerMayEndItsJobAsFailedOrCancelled() {
        JobSnapshot failed = jobRunBy((payload, job) -> {
            throw JobOutcomes.fail("account is closed");
        });
        JobSnapshot cancelled = jobRunBy((payload, job) -> {
            throw JobOutcomes.cancel("nobody needs it");
        });

        assertThat(failed).returns(JobState.FAILED, JobSnapshot::state).returns(1, JobSnapshot::attempts);
        assertThat(error(failed)).endsWith("account is closed");
        assertThat(cancelled).returns(JobState.CANCELLED, JobSnapshot::state).returns(1, JobSnapshot::attempts);
    }

    @Test
    void discardedJobLeavesNoTrace() {
        try (WorkerBench bench = WorkerBench.of(1, (payload, job) -> {
            throw JobOutcomes.discard("out of date");
        })) {
            bench.enqueue(JobRequest.of("type", "a").id("a").dedup(Dedup.untilTerminal("key")));
            bench.work();

            assertThat(bench.queue.find(JobId.of(WorkerBench.QUEUE, "a"))).isEmpty();
            assertThat(bench.queue
                            .enqueue(JobRequest.of("type", "b")
                                    .queue(WorkerBench.QUEUE)
                                    .id("a")
                                    .dedup(Dedup.untilTerminal("key"))
                                    .build())
                            .isNew())
                    .isTrue();
        }
    }

    @Test
    void handlerMaySayHowLongItsJobIsKept() {
        try (WorkerBench bench = WorkerBench.of(1, (payload, job) -> {
            job.keepFor(Duration.ofMinutes(payload.equals("short") ? 0 : 90));
            return null;
        })) {
            bench.enqueue("short", "long");
            bench.work();
            bench.clock.advance(Duration.ofMinutes(89));

            assertThat(bench.queue.find(JobId.of(WorkerBench.QUEUE, "short"))).isEmpty();
            assertThat(bench.job("long").state()).isEqualTo(JobState.COMPLETED);

            bench.clock.advance(Duration.ofMinutes(1));
            assertThat(bench.queue.find(JobId.of(WorkerBench.QUEUE, "long"))).isEmpty();
        }
    }

    @Test
    void unreadablePayloadFailsAtOnce() {
        try (WorkerBench bench = WorkerBench.of(1, (payload, job) -> null)) {
            bench.enqueue(JobRequest.of("type", Map.of("not", "a text")).id("a"));
            bench.work();

            assertThat(bench.job("a"))
                    .returns(JobState.FAILED, JobSnapshot::state)
                    .returns(1, JobSnapshot::attempts);
            assertThat(error(bench.job("a"))).contains("PayloadException", "does not fit");
        }
    }

    @Test
    void invalidRequestOfTheHandlerItselfIsRetried() {
        JobSnapshot job = jobRunBy((payload, context) -> {
            throw new InvalidJobException("a nested enqueue");
        });

        assertThat(job.state()).isEqualTo(JobState.SCHEDULED);
    }

    @Test
    void tooLargeResultFailsTheJobAndSaysWhatToDo() {
        JobSnapshot job = jobRunBy((payload, context) -> "x".repeat(2000));

        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(error(job)).contains("type 'type': result has 2002 bytes; keep it under 1000");
    }

    @Test
    void unwritableResultFailsTheJob() {
        Map<String, Object> cyclic = new HashMap<>();
        cyclic.put("self", cyclic);

        JobSnapshot job = jobRunBy((payload, context) -> cyclic);

        assertThat(job).returns(JobState.FAILED, JobSnapshot::state).returns(1, JobSnapshot::attempts);
    }

    @Test
    void jobWithoutHandlerIsHandedBackAndFailsInTheEnd() {
        try (WorkerBench bench = WorkerBench.of(1, (payload, job) -> null)) {
            bench.enqueue(JobRequest.of("stranger", "a").id("a"));
            bench.work();
            assertThat(bench.job("a"))
                    .returns(JobState.SCHEDULED, JobSnapshot::state)
                    .returns(0, JobSnapshot::attempts);

            for (int i = 0; i < 5; i++) {
                bench.clock.advance(Duration.ofSeconds(5));
                bench.work();
            }

            assertThat(bench.job("a").state()).isEqualTo(JobState.FAILED);
            assertThat(Objects.requireNonNull(bench.job("a").error()).type()).isEqualTo(JobError.NO_HANDLER);
        }
    }

    @Test
    void cancelBeforeTheRunKeepsItFromBeginning() {
        List<String> handled = new ArrayList<>();
        try (WorkerBench bench = WorkerBench.of(1, (payload, job) -> handled.add(payload))) {
            bench.enqueue("a");
            bench.settle();
            Lease lease = bench.worker.lease().current();
            assertThat(bench.queue.cancel(JobId.of(WorkerBench.QUEUE, "a"))).isEqualTo(Cancellation.REQUESTED);
            lease.cancel(lease.tokens().get(0));

            bench.work();

            assertThat(handled).isEmpty();
            assertThat(bench.job("a").state()).isEqualTo(JobState.CANCELLED);
            assertThat(bench.listener.events()).containsExactly("CANCELLED 0");
        }
    }

    @Test
    void cancelledRunEndsCancelledThoughItsHandlerReturns() {
        WorkerBench[] self = new WorkerBench[1];
        List<Boolean> flags = new ArrayList<>();
        try (WorkerBench bench = WorkerBench.of(1, (payload, job) -> {
            Lease lease = self[0].worker.lease().current();
            lease.cancel(lease.tokens().get(0));
            flags.add(job.isCancelled());
            flags.add(Thread.currentThread().isInterrupted());
            return "done";
        })) {
            self[0] = bench;
            bench.enqueue("a");

            bench.work();

            assertThat(flags).containsExactly(true, true);
            assertThat(bench.job("a").state()).isEqualTo(JobState.CANCELLED);
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }

    @Test
    void interruptAHandlerLeavesBehindDoesNotReachTheNextJob() {
        List<Boolean> interrupted = new ArrayList<>();
        try (WorkerBench bench = WorkerBench.of(2, (payload, job) -> {
            interrupted.add(Thread.currentThread().isInterrupted());
            Thread.currentThread().interrupt();
            return null;
        })) {
            bench.enqueue("a", "b");

            bench.work();

            assertThat(interrupted).containsExactly(false, false);
        }
    }

    @Test
    void failuresForGoodAreToldOnceInTenSeconds() {
        try (WorkerBench bench = WorkerBench.of(10, (payload, job) -> {
                    throw new IllegalStateException("WARN\nall is lost");
                });
                LogLines log = new LogLines()) {
            for (int i = 0; i < 10; i++) {
                bench.enqueue(JobRequest.of("type", "a").id("job-" + i).maxAttempts(1));
            }
            bench.work();

            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .contains("failed for good", "java.lang.IllegalStateException\n\tat ")
                    .doesNotContain("all is lost");
        }
    }
}
