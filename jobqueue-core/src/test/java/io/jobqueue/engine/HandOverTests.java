package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.JobRequest;
import io.jobqueue.JobState;
import io.jobqueue.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Jobs whose callers wait are claimed by the very call that stores them, when the worker of this process is out of work. */
class HandOverTests {

    private static final Duration BOUND = Duration.ofMinutes(1);

    private final List<String> handled = new ArrayList<>();

    private WorkerBench idle(int slots) {
        WorkerBench bench = WorkerBench.withOwnThreads(slots, (payload, job) -> {
            handled.add(payload);
            return payload;
        });
        bench.settle();
        bench.ownWorkers.begin(bench.worker);
        enqueueAwaited(bench, "first");
        bench.work();
        handled.clear();
        return bench;
    }

    private static CompletableFuture<String> await(WorkerBench bench, String id) {
        return bench.queue.enqueueForResult(
                JobRequest.of("type", id).id(id).queue(WorkerBench.QUEUE).build(), String.class, BOUND);
    }

    private static void enqueueAwaited(WorkerBench bench, String id) {
        CompletableFuture<String> unusedResult = await(bench, id);
    }

    @Test
    void awaitedJobTakesTwoCallsOfTheStore() {
        try (WorkerBench bench = idle(2)) {
            bench.store.forgetCalls();

            CompletableFuture<String> result = await(bench, "a");
            bench.executor.runAll();

            assertThat(handled).containsExactly("a");
            assertThat(bench.store.calls("handOver")).isEqualTo(1);
            assertThat(bench.store.calls("exchange")).isEqualTo(1);
            assertThat(result.join()).isEqualTo("a");
            assertThat(bench.job("a").state()).isEqualTo(JobState.COMPLETED);
            assertThat(bench.worker.holdsNothing()).isTrue();
            assertThat(bench.worker.slots().busy()).isZero();
        }
    }

    @Test
    void jobThatNobodyAwaitsIsLeftToWhoeverIsFree() {
        try (WorkerBench bench = idle(2)) {
            bench.enqueue("a");

            assertThat(bench.executor.size()).isZero();
            assertThat(bench.job("a").state()).isEqualTo(JobState.WAITING);
        }
    }

    @Test
    void noMoreAreTakenThanThereAreSlots() {
        try (WorkerBench bench = idle(2)) {
            enqueueAwaited(bench, "a");
            enqueueAwaited(bench, "b");
            enqueueAwaited(bench, "c");

            assertThat(bench.executor.size()).isEqualTo(2);
            assertThat(bench.job("c").state()).isEqualTo(JobState.WAITING);
            bench.work();
            assertThat(handled).containsExactly("a", "b", "c");
        }
    }

    @Test
    void workerThatStopsTakesNothing() {
        try (WorkerBench bench = idle(2)) {
            bench.worker.drain();

            enqueueAwaited(bench, "a");

            assertThat(bench.executor.size()).isZero();
            assertThat(bench.job("a").state()).isEqualTo(JobState.WAITING);
        }
    }

    @Test
    void handlerThatIsPausedHereGetsNothing() {
        try (WorkerBench bench = idle(2)) {
            bench.intake.pause("type", true);

            enqueueAwaited(bench, "a");

            assertThat(bench.executor.size()).isZero();
            assertThat(bench.job("a").state()).isEqualTo(JobState.WAITING);
        }
    }

    @Test
    void claimsWithoutAnAnswerAreGivenBack() {
        try (WorkerBench bench = idle(2)) {
            bench.store.dropReplies();
            assertThatThrownBy(() -> await(bench, "a").join()).hasCauseInstanceOf(StoreUnavailableException.class);
            assertThat(bench.workerWakes.get()).isPositive();
            bench.store.heal();
            assertThat(bench.job("a").state()).isEqualTo(JobState.ACTIVE);

            bench.worker.lookAgain();
            bench.work();

            assertThat(handled).containsExactly("a");
            assertThat(bench.job("a").state()).isEqualTo(JobState.COMPLETED);
            assertThat(bench.job("a").attempts()).isEqualTo(1);
        }
    }

    @Test
    void refusedCallStoresNothingAndHarmsNothing() {
        try (WorkerBench bench = idle(2)) {
            bench.store.refuse();
            assertThatThrownBy(() -> await(bench, "a").join()).hasCauseInstanceOf(StoreUnavailableException.class);
            bench.store.heal();
            bench.worker.lookAgain();
            bench.settle();

            enqueueAwaited(bench, "b");
            bench.work();

            assertThat(handled).containsExactly("b");
        }
    }

    @Test
    void fullExecutorHandsTheJobBackAndTheCallerGoesOnWaiting() {
        try (WorkerBench bench = idle(2)) {
            bench.executor.reject();

            CompletableFuture<String> result = await(bench, "a");

            assertThat(result).isNotDone();
            assertThat(bench.worker.slots().busy()).isZero();
            assertThat(bench.workerWakes.get()).isPositive();
            bench.executor.accept();
            bench.work();
            assertThat(result.join()).isEqualTo("a");
            assertThat(bench.job("a").attempts()).isEqualTo(1);
        }
    }

    @Test
    void callThatHangsIsGivenUpByTheWorker() throws Exception {
        try (WorkerBench bench = idle(2)) {
            HungCall hung = bench.store.hangAnswered("handOver");
            FutureTask<String> caller = new FutureTask<>(() -> await(bench, "a").join());
            new Thread(caller).start();
            assertThat(hung.begun().await(10, TimeUnit.SECONDS)).isTrue();
            bench.clock.advance(WorkerBench.STUCK_AFTER.plusMillis(1));

            bench.worker.lookAgain();
            bench.settle();

            assertThat(bench.job("a").state()).isEqualTo(JobState.ACTIVE);
            hung.letGo();
            assertThatThrownBy(caller::get).hasRootCauseInstanceOf(AbandonedStepException.class);
            bench.work();
            assertThat(handled).containsExactly("a");
        }
    }

    @Test
    void onlyRunTellsTheStoreItself() {
        try (WorkerBench bench = WorkerBench.withOwnThreads(2, (payload, job) -> payload)) {
            bench.settle();
            bench.ownWorkers.begin(bench.worker);
            CompletableFuture<String> result = await(bench, "a");
            int wakes = bench.workerWakes.get();

            bench.executor.runAll();

            assertThat(bench.job("a").state()).isEqualTo(JobState.COMPLETED);
            assertThat(result.join()).isEqualTo("a");
            assertThat(bench.workerWakes.get()).isEqualTo(wakes);
            assertThat(bench.worker.holdsNothing()).isTrue();
        }
    }

    @Test
    void runBesideOthersLeavesItToTheWorker() {
        try (WorkerBench bench = WorkerBench.withOwnThreads(2, (payload, job) -> payload)) {
            bench.enqueue("a", "b");
            bench.settle();
            int wakes = bench.workerWakes.get();

            bench.executor.runNext();

            assertThat(bench.job("a").state()).isEqualTo(JobState.ACTIVE);
            assertThat(bench.workerWakes.get()).isEqualTo(wakes + 1);
            bench.work();
            assertThat(bench.job("a").state()).isEqualTo(JobState.COMPLETED);
        }
    }

    @Test
    void onlyRunWakesTheWorkerWhenThereIsMoreToDo() {
        try (WorkerBench bench = WorkerBench.withOwnThreads(1, (payload, job) -> {
            handled.add(payload);
            return payload;
        })) {
            bench.enqueue("a");
            bench.settle();
            bench.enqueue("b", "c");
            int wakes = bench.workerWakes.get();

            bench.executor.runNext();

            assertThat(bench.workerWakes.get()).isGreaterThan(wakes);
            bench.work();
            assertThat(handled).containsExactly("a", "b", "c");
        }
    }

    @Test
    void outcomeThatGotNoAnswerIsToldAgainByTheWorker() {
        try (WorkerBench bench = WorkerBench.withOwnThreads(1, (payload, job) -> payload)) {
            bench.enqueue("a");
            bench.settle();
            bench.store.refuse();
            int wakes = bench.workerWakes.get();

            bench.executor.runNext();

            assertThat(bench.workerWakes.get()).isGreaterThan(wakes);
            bench.store.heal();
            bench.work();
            assertThat(bench.job("a").state()).isEqualTo(JobState.COMPLETED);
            assertThat(bench.job("a").attempts()).isEqualTo(1);
        }
    }

    @Test
    void foreignExecutorMayRunHandlersInTheCallersWay() {
        try (WorkerBench bench = WorkerBench.of(2, (payload, job) -> payload)) {
            bench.settle();
            bench.ownWorkers.begin(bench.worker);

            enqueueAwaited(bench, "a");

            assertThat(bench.job("a").state()).isEqualTo(JobState.WAITING);
        }
    }

    @Test
    void jobThatWaitsForASlotIsHandedBackSoon() {
        try (WorkerBench bench = idle(1)) {
            bench.store.afterEveryCall(() -> bench.clock.advance(Duration.ofMillis(4)));
            for (int i = 0; i < 20; i++) {
                enqueueAwaited(bench, "warm-" + i);
                bench.work();
            }
            enqueueAwaited(bench, "a");
            int wakes = bench.workerWakes.get();
            enqueueAwaited(bench, "b");
            assertThat(bench.job("b").state()).isEqualTo(JobState.ACTIVE);
            assertThat(bench.workerWakes.get()).isGreaterThan(wakes);

            assertThat(bench.worker.poll()).isLessThanOrEqualTo(ClaimAhead.PATIENCE);
            bench.clock.advance(ClaimAhead.PATIENCE);
            bench.settle();

            assertThat(bench.job("a").state()).isEqualTo(JobState.ACTIVE);
            assertThat(bench.job("b").state()).isEqualTo(JobState.WAITING);
        }
    }

    @Test
    void workerListensAgainAfterAJobItWasToldOf() {
        try (WorkerBench bench = idle(1)) {
            bench.enqueue("a");
            assertThat(bench.worker.takeHint()).isTrue();
            bench.worker.poll();
            assertThat(bench.worker.isAwaitingHint()).isFalse();
            int wakes = bench.workerWakes.get();

            bench.executor.runNext();

            assertThat(bench.workerWakes.get()).isGreaterThan(wakes);
            bench.settle();
            assertThat(bench.worker.isAwaitingHint()).isTrue();
        }
    }

    @Test
    void hintDuringTheCallOfTheLastRunIsNotLost() {
        try (WorkerBench bench = idle(1)) {
            enqueueAwaited(bench, "a");
            int[] wakes = new int[1];
            bench.store.afterEveryCall(() -> {
                bench.store.afterEveryCall(() -> {});
                bench.enqueue("b");
                bench.worker.takeHint();
                bench.worker.poll();
                wakes[0] = bench.workerWakes.get();
            });

            bench.executor.runNext();

            assertThat(bench.workerWakes.get()).isGreaterThan(wakes[0]);
            bench.work();
            assertThat(handled).containsExactly("a", "b");
        }
    }

    @Test
    void hintDuringAHandOverThatCameTooLateIsNotLost() {
        try (WorkerBench bench = idle(1)) {
            bench.enqueue("before");
            int wakes = bench.workerWakes.get();

            enqueueAwaited(bench, "a");

            assertThat(bench.job("a").state()).isEqualTo(JobState.WAITING);
            assertThat(bench.workerWakes.get()).isGreaterThan(wakes);
        }
    }

    @Test
    void callerIsToldOfAnEndWhoseAnswerWasLost() {
        try (WorkerBench bench = idle(1)) {
            CompletableFuture<String> result = await(bench, "a");
            bench.store.dropReplies();
            bench.executor.runNext();
            bench.store.heal();
            assertThat(result).isNotDone();

            bench.worker.lookAgain();
            bench.work();

            assertThat(result.join()).isEqualTo("a");
            assertThat(handled).containsExactly("a");
        }
    }

    @Test
    void refusedCallLeavesTheLeaseAsItWas() {
        try (WorkerBench bench = idle(1)) {
            bench.store.refuse();
            assertThatThrownBy(() -> await(bench, "a").join()).hasCauseInstanceOf(StoreUnavailableException.class);

            assertThat(bench.worker.lease().current().isDoubtful()).isFalse();
        }
    }
}
