package io.jobqueue.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.JobId;
import io.jobqueue.JobRequest;
import io.jobqueue.JobSnapshot;
import io.jobqueue.JobState;
import io.jobqueue.store.JobOptions;
import io.jobqueue.store.JobSpec;
import io.jobqueue.store.NewJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkerTests extends HandledJobs {

    @Test
    void claimsNoMoreThanTheFreeSlots() {
        try (WorkerBench bench = bench(2)) {
            bench.enqueue("a", "b", "c", "d");

            bench.settle();
            assertThat(bench.executor.size()).isEqualTo(2);

            bench.executor.runNext();
            bench.settle();
            assertThat(bench.executor.size()).isEqualTo(2);
            assertThat(bench.worker.slots().busy()).isEqualTo(2);
        }
    }

    @Test
    void settlesAndClaimsInOneCall() {
        try (WorkerBench bench = bench(2)) {
            bench.enqueue("a", "b", "c", "d");
            bench.settle();
            bench.executor.runAll();
            bench.store.forgetCalls();

            bench.worker.poll();

            assertThat(bench.store.calls("exchange")).isEqualTo(1);
            assertThat(bench.job("a").state()).isEqualTo(JobState.COMPLETED);
            assertThat(bench.job("b").state()).isEqualTo(JobState.COMPLETED);
            assertThat(bench.executor.size()).isEqualTo(2);
        }
    }

    @Test
    void callThatWasCutShortIsFollowedByTheNextAtOnce() {
        byte[] json = ('"' + "x".repeat(300_000) + '"').getBytes(UTF_8);
        try (WorkerBench bench = WorkerBench.of(10, (payload, job) -> {
            handle(payload);
            return null;
        })) {
            bench.store
                    .transitions()
                    .enqueue(
                            WorkerBench.QUEUE,
                            IntStream.range(0, 10)
                                    .mapToObj(i -> new NewJob(
                                            "job-" + i,
                                            new JobSpec("type", json, 0, JobOptions.NONE),
                                            JobRequest.IfFailed.KEEP,
                                            Duration.ZERO,
                                            null,
                                            null))
                                    .toList());

            bench.settle();

            assertThat(bench.executor.size()).isEqualTo(10);
            bench.work();
            assertThat(handled).hasSize(10);
            assertThat(bench.queue.counts(WorkerBench.QUEUE).completed()).isEqualTo(10);
        }
    }

    @Test
    void runsJobsInTheOrderOfTheStore() {
        try (WorkerBench bench = bench(3)) {
            bench.enqueue("a", "b", "c", "d", "e");

            bench.work();

            assertThat(handled).containsExactly("a", "b", "c", "d", "e");
        }
    }

    @Test
    void manyOutcomesWakeTheWorkerOnce() {
        try (WorkerBench bench = bench(10)) {
            bench.enqueue("a", "b", "c", "d", "e");
            bench.settle();
            bench.workerWakes.set(0);

            bench.executor.runAll();

            assertThat(bench.workerWakes).hasValue(1);
        }
    }

    @Test
    void settlesAtMostOneHundredClaimsACall() {
        try (WorkerBench bench = bench(250)) {
            for (int i = 0; i < 250; i++) {
                bench.enqueue("job-" + i);
            }
            bench.settle();
            assertThat(bench.executor.size()).isEqualTo(250);
            bench.executor.runAll();
            bench.store.forgetCalls();

            bench.settle();

            assertThat(bench.store.calls("exchange")).isEqualTo(3);
            assertThat(bench.queue.counts(WorkerBench.QUEUE).completed()).isEqualTo(250);
        }
    }

    @Test
    void idleWorkerAsksAgainOnlyAfterTheClaimWait() {
        try (WorkerBench bench = bench(2)) {
            assertThat(bench.settle()).isEqualTo(WorkerBench.CLAIM_WAIT);
            bench.store.forgetCalls();

            bench.clock.advance(WorkerBench.CLAIM_WAIT.minusMillis(1));
            bench.settle();
            assertThat(bench.store.calls("exchange")).isZero();

            bench.clock.advance(Duration.ofMillis(1));
            bench.settle();
            assertThat(bench.store.calls("exchange")).isEqualTo(1);
        }
    }

    @Test
    void hintMakesAnIdleWorkerAsk() {
        try (WorkerBench bench = bench(2)) {
            bench.settle();
            assertThat(bench.worker.isAwaitingHint()).isTrue();
            bench.enqueue("a");
            bench.settle();
            assertThat(bench.executor.size()).isZero();

            assertThat(bench.worker.takeHint()).isTrue();
            bench.settle();

            assertThat(bench.executor.size()).isEqualTo(1);
        }
    }

    @Test
    void fullWorkerTakesNoHint() {
        try (WorkerBench bench = bench(1)) {
            bench.enqueue("a");
            bench.settle();

            assertThat(bench.worker.isAwaitingHint()).isFalse();
            assertThat(bench.worker.takeHint()).isFalse();
        }
    }

    @Test
    void fullWorkerDoesNotAsk() {
        try (WorkerBench bench = bench(1)) {
            bench.enqueue("a", "b");
            bench.settle();
            bench.store.forgetCalls();

            bench.clock.advance(WorkerBench.CLAIM_WAIT.multipliedBy(2));
            assertThat(bench.settle()).isPositive();

            assertThat(bench.store.calls("exchange")).isZero();
        }
    }

    @Test
    void scheduledJobIsClaimedWhenItIsDue() {
        try (WorkerBench bench = bench(1)) {
            bench.enqueue(JobRequest.of("type", "a").id("a").delay(Duration.ofSeconds(2)));

            assertThat(bench.settle()).isEqualTo(Duration.ofSeconds(2));
            bench.clock.advance(Duration.ofSeconds(2));
            bench.settle();

            assertThat(bench.executor.size()).isEqualTo(1);
        }
    }

    @Test
    void jobTheExecutorRejectsIsGivenBack() {
        try (WorkerBench bench = bench(2)) {
            bench.enqueue("a");
            bench.executor.reject();

            assertThatThrownBy(bench.worker::poll).isInstanceOf(RejectedExecutionException.class);
            bench.worker.drain();
            bench.settle();

            assertThat(bench.job("a"))
                    .returns(JobState.WAITING, JobSnapshot::state)
                    .returns(0, JobSnapshot::attempts);
            assertThat(bench.worker.slots().busy()).isZero();
        }
    }

    @Test
    void drainingWorkerSettlesButClaimsNothing() {
        try (WorkerBench bench = bench(1)) {
            bench.enqueue("a", "b");
            bench.settle();

            bench.worker.drain();
            bench.work();

            assertThat(handled).containsExactly("a");
            assertThat(bench.job("a").state()).isEqualTo(JobState.COMPLETED);
            assertThat(bench.job("b").state()).isEqualTo(JobState.WAITING);
            assertThat(bench.worker.takeHint()).isFalse();
        }
    }

    @Test
    void claimsThatComeAfterTheDrainBeganAreGivenBackAndNotBegun() {
        try (WorkerBench bench = WorkerBench.of(
                2,
                HandlerDefinition.of("type", WorkerBench.QUEUE, String.class, (payload, job) -> handle(payload))
                        .withConcurrency(2))) {
            bench.enqueue("a", "b");
            bench.store.afterEveryCall(bench.worker::drain);

            bench.settle();

            assertThat(bench.executor.size()).isZero();
            assertThat(bench.worker.slots().busy()).isZero();
            assertThat(bench.intake.share(5, () -> {}).room()).containsEntry("type", 2);
            assertThat(bench.worker.holdsNothing()).isTrue();
            assertThat(bench.job("a"))
                    .returns(JobState.WAITING, JobSnapshot::state)
                    .returns(0, JobSnapshot::attempts);
        }
    }

    @Test
    void workerIsIdleOnceItIsDecidedHowEveryClaimEnds() {
        try (WorkerBench bench = bench(1)) {
            bench.enqueue("a");
            assertThat(bench.worker.runs().isIdle()).isTrue();
            bench.settle();
            assertThat(bench.worker.runs().isIdle()).isFalse();

            bench.executor.runNext();

            assertThat(bench.worker.runs().isIdle()).isTrue();
            assertThat(bench.worker.holdsNothing()).isFalse();
        }
    }

    @Test
    void threadOfAHandlerIsKnownAfterItsClaimWasLostOrSettled() {
        WorkerBench[] self = new WorkerBench[1];
        List<Boolean> callingBack = new ArrayList<>();
        try (WorkerBench bench = WorkerBench.of(2, (payload, job) -> {
            Worker worker = self[0].worker;
            Lease current = worker.lease().current();
            if (payload.equals("a")) {
                RunningJob running = current.jobs().iterator().next();
                running.halt(Halt.CANCEL_REQUESTED);
                worker.runs().giveUp(running);
                self[0].settle();
            } else {
                worker.lease().lose(current);
                worker.lease().usable(Runnable::run);
            }
            assertThat(worker.holdsNothing()).isTrue();
            callingBack.add(worker.runs().isCallingBack());
            return null;
        })) {
            self[0] = bench;
            for (String id : List.of("a", "b")) {
                bench.enqueue(id);
                bench.worker.lookAgain();
                bench.settle();
                bench.executor.runNext();
                bench.settle();
            }

            assertThat(callingBack).containsExactly(true, true);
            assertThat(bench.worker.runs().isCallingBack()).isFalse();
        }
    }

    @Test
    void unfinishedJobsAreReleasedWithoutACharge() {
        try (WorkerBench bench = bench(1)) {
            bench.enqueue("a");
            bench.settle();

            bench.worker.drain();
            bench.worker.runs().interruptAll();
            bench.worker.runs().releaseAll();
            bench.settle();

            assertThat(bench.job("a"))
                    .returns(JobState.WAITING, JobSnapshot::state)
                    .returns(0, JobSnapshot::attempts);
            assertThat(bench.listener.events()).contains("RELEASED 0");
            bench.executor.runAll();
            assertThat(handled).isEmpty();
        }
    }

    @Test
    void listenerHearsHowLongAJobWaitedAndRan() {
        try (WorkerBench bench = WorkerBench.of(1, (payload, job) -> handle(payload))) {
            bench.enqueue("a");
            bench.clock.advance(Duration.ofMillis(30));
            bench.settle();
            bench.executor.runNext();
            bench.settle();

            assertThat(bench.listener.events()).containsExactly("started 30", "COMPLETED 0");
        }
    }

    @Test
    void unknownJobIsNotFound() {
        try (WorkerBench bench = bench(1)) {
            assertThat(bench.queue.find(JobId.of(WorkerBench.QUEUE, "nobody"))).isEmpty();
        }
    }
}
