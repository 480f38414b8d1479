package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.InvalidJobException;
import io.jobqueue.JobRequest;
import io.jobqueue.JobState;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One worker whose handlers have slots of their own, or are paused, step by step. */
class WorkerIntakeTests {

    private static final HandlerDefinition SLOW = handler("slow").withConcurrency(2);
    private static final HandlerDefinition QUICK = handler("quick");

    private static HandlerDefinition handler(String type) {
        return HandlerDefinition.of(type, WorkerBench.QUEUE, String.class, (payload, job) -> payload);
    }

    private static void enqueue(WorkerBench bench, String type, String... ids) {
        for (String id : ids) {
            bench.enqueue(JobRequest.of(type, id).id(id));
        }
    }

    private static void assertActive(WorkerBench bench, String... ids) {
        assertThat(Stream.of(ids).map(id -> bench.job(id).state())).allMatch(JobState.ACTIVE::equals);
    }

    private static void assertWaiting(WorkerBench bench, String... ids) {
        assertThat(Stream.of(ids).map(id -> bench.job(id).state())).allMatch(JobState.WAITING::equals);
    }

    private static String[] ids(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toArray(String[]::new);
    }

    private static long active(WorkerBench bench) {
        return bench.queue.queue(WorkerBench.QUEUE).counts().active();
    }

    @Test
    void noMoreJobsOfATypeAreClaimedThanItHasSlots() {
        try (WorkerBench bench = WorkerBench.of(10, SLOW, QUICK)) {
            enqueue(bench, "slow", "s1", "s2", "s3");
            enqueue(bench, "quick", "q1", "q2");

            bench.settle();

            assertActive(bench, "s1", "s2", "q1", "q2");
            assertWaiting(bench, "s3");
            assertThat(bench.executor.size()).isEqualTo(4);
        }
    }

    @Test
    void jobTakesTheSlotThatItsPredecessorLeaves() {
        try (WorkerBench bench = WorkerBench.of(10, SLOW)) {
            enqueue(bench, "slow", "s1", "s2", "s3", "s4");
            bench.settle();

            bench.executor.runNext();
            bench.settle();

            assertThat(bench.job("s1").state()).isEqualTo(JobState.COMPLETED);
            assertActive(bench, "s2", "s3");
            assertWaiting(bench, "s4");
            bench.work();
            assertThat(bench.job("s4").state()).isEqualTo(JobState.COMPLETED);
        }
    }

    @Test
    void slotsOfTheQueueHoldInsideAsWell() {
        try (WorkerBench bench = WorkerBench.of(1, SLOW, QUICK)) {
            enqueue(bench, "slow", "s1", "s2");
            enqueue(bench, "quick", "q1");

            bench.settle();

            assertActive(bench, "s1");
            assertWaiting(bench, "s2", "q1");
            bench.executor.runNext();
            bench.settle();
            assertActive(bench, "s2");
        }
    }

    @Test
    void claimingAheadStopsAtTheSlotsOfTheType() {
        try (WorkerBench bench = WorkerBench.of(4, SLOW, QUICK)) {
            bench.store.afterEveryCall(() -> bench.clock.advance(WorkerBench.STEP));
            enqueue(bench, "quick", "first");
            bench.work();
            enqueue(bench, "quick", ids("q", 50));
            enqueue(bench, "slow", ids("s", 50));
            bench.worker.lookAgain();
            bench.settle();
            assertThat(active(bench)).as("claimed ahead").isGreaterThan(40);

            while (bench.executor.size() > 0) {
                assertThat(Stream.of(ids("s", 50)).filter(id -> bench.job(id).state() == JobState.ACTIVE))
                        .hasSizeLessThanOrEqualTo(2);
                bench.executor.runNext();
                bench.settle();
            }

            assertThat(bench.job("s49").state()).isEqualTo(JobState.COMPLETED);
            assertThat(bench.job("q49").state()).isEqualTo(JobState.COMPLETED);
        }
    }

    @Test
    void rejectedJobLeavesItsSlot() {
        try (WorkerBench bench = WorkerBench.of(10, SLOW)) {
            enqueue(bench, "slow", "s1", "s2");
            bench.executor.reject();
            assertThatThrownBy(bench::settle).hasMessageContaining("full");

            Share share = bench.intake.share(5, () -> {});

            assertThat(share.room()).containsEntry("slow", 2);
        }
    }

    @Test
    void jobThatIsHandedBackLeavesItsSlot() {
        try (WorkerBench bench = WorkerBench.of(1, SLOW, QUICK)) {
            bench.store.afterEveryCall(() -> bench.clock.advance(WorkerBench.STEP));
            enqueue(bench, "quick", "first");
            bench.work();
            enqueue(bench, "slow", "s1", "s2");
            bench.worker.lookAgain();
            bench.settle();
            assertActive(bench, "s1", "s2");

            bench.clock.advance(ClaimAhead.PATIENCE);
            bench.settle();

            assertWaiting(bench, "s2");
            assertThat(bench.intake.share(5, () -> {}).room()).containsEntry("slow", 1);
        }
    }

    @Test
    void callWithoutAnswerLeavesTheSlots() {
        try (WorkerBench bench = WorkerBench.of(10, SLOW)) {
            enqueue(bench, "slow", "s1", "s2", "s3");
            bench.store.dropReplies();
            assertThatThrownBy(bench::settle).isNotNull();
            bench.store.heal();

            bench.settle();

            assertActive(bench, "s1", "s2");
            assertWaiting(bench, "s3");
        }
    }

    @Test
    void slotIsTakenForAsLongAsAHandlerRunsWhoseJobWasGivenUp() {
        try (WorkerBench bench = WorkerBench.of(10, handler("slow").withConcurrency(1))) {
            enqueue(bench, "slow", "s1", "s2");
            bench.settle();
            RunningJob running =
                    bench.worker.lease().current().jobs().iterator().next();
            running.halt(Halt.CANCEL_REQUESTED);

            bench.worker.runs().giveUp(running);
            bench.clock.advance(WorkerBench.CLAIM_WAIT.multipliedBy(2));
            bench.settle();
            assertWaiting(bench, "s2");

            bench.executor.runNext();
            bench.settle();
            assertThat(bench.executor.size()).isOne();
        }
    }

    @Test
    void pausedHandlersJobsKeepTheirPlacesAndTheOthersRun() {
        try (WorkerBench bench = WorkerBench.of(10, SLOW, QUICK)) {
            bench.intake.pause("quick", true);
            enqueue(bench, "quick", "q1");
            enqueue(bench, "slow", "s1");

            bench.work();

            assertThat(bench.job("s1").state()).isEqualTo(JobState.COMPLETED);
            assertWaiting(bench, "q1");
            assertThat(bench.job("q1").attempts()).isZero();
            bench.intake.pause("quick", false);
            bench.worker.lookAgain();
            bench.work();
            assertThat(bench.job("q1").state()).isEqualTo(JobState.COMPLETED);
        }
    }

    @Test
    void whatRunsWhenItsHandlerIsPausedIsFinished() {
        try (WorkerBench bench = WorkerBench.of(1, QUICK, SLOW)) {
            enqueue(bench, "quick", "q1", "q2");
            bench.settle();

            bench.intake.pause("quick", true);
            bench.work();

            assertThat(bench.job("q1").state()).isEqualTo(JobState.COMPLETED);
            assertWaiting(bench, "q2");
        }
    }

    @Test
    void pausedHandlerIsNoMissingHandler() {
        try (WorkerBench bench = WorkerBench.of(10, SLOW, QUICK)) {
            bench.intake.pause("quick", true);
            enqueue(bench, "quick", "q1");

            for (int look = 0; look < 10; look++) {
                bench.work();
                bench.clock.advance(SettlementDecision.HAND_BACK_DELAY);
            }

            assertWaiting(bench, "q1");
            assertThat(bench.listener.events()).isEmpty();
        }
    }

    @Test
    void queueWhoseHandlersAreAllPausedClaimsNothingAndTakesNoHint() {
        try (WorkerBench bench = WorkerBench.of(10, SLOW, QUICK)) {
            bench.intake.pause("quick", true);
            bench.intake.pause("slow", true);
            enqueue(bench, "slow", "s1");
            enqueue(bench, "quick", "q1");
            enqueue(bench, "unknown", "u1");

            Duration wait = bench.settle();

            assertWaiting(bench, "s1", "q1", "u1");
            assertThat(bench.worker.takeHint()).isFalse();
            assertThat(bench.worker.isAwaitingHint()).isFalse();
            assertThat(wait).isPositive();
            bench.intake.pause("slow", false);
            bench.worker.lookAgain();
            bench.work();
            assertThat(bench.job("s1").state()).isEqualTo(JobState.COMPLETED);
            assertWaiting(bench, "q1");
        }
    }

    @Test
    void workerOfAClosedQueueShowsItselfOnceAClaimWait() {
        try (WorkerBench bench = WorkerBench.of(10, SLOW)) {
            bench.intake.pause("slow", true);
            bench.settle();
            assertThat(bench.queue.workers(WorkerBench.QUEUE)).hasSize(1);
            bench.store.forgetCalls();

            bench.clock.advance(WorkerBench.CLAIM_WAIT.minusMillis(1));
            bench.settle();
            assertThat(bench.store.calls("exchange")).isZero();
            bench.clock.advance(Duration.ofMillis(1));
            bench.settle();

            assertThat(bench.store.calls("exchange")).isOne();
        }
    }

    @Test
    void handlerThatDoesNotStartByItselfWaitsForItsResume() {
        try (WorkerBench bench = WorkerBench.of(10, SLOW, QUICK.withAutoStartup(false))) {
            enqueue(bench, "quick", "q1");

            bench.work();

            assertThat(bench.intake.isPaused("quick")).isTrue();
            assertWaiting(bench, "q1");
        }
    }

    @Test
    void workersOfOneTypeShareItsSlots() {
        Intake intake = Intake.of(List.of(SLOW));
        Runnable nobody = () -> {};
        Share first = intake.share(10, nobody);

        Share second = intake.share(10, () -> {});

        assertThat(first.room()).containsEntry("slow", 2);
        assertThat(second.room()).containsEntry("slow", 0);
        first.use("slow");
        first.release();
        assertThat(intake.share(10, nobody).room()).containsEntry("slow", 1);
    }

    @Test
    void whoeverWasRefusedSlotsIsCalledWhenTheyComeFreeAndNobodyElse() {
        Intake intake = Intake.of(List.of(SLOW));
        int[] calls = new int[2];
        Runnable first = () -> calls[0]++;
        Share share = intake.share(10, first);
        intake.share(10, () -> calls[1]++).release();

        share.use("slow");
        share.release();

        assertThat(calls).as("after the first has left one of two").containsExactly(0, 1);
        intake.ended("slow");
        assertThat(calls).as("nobody was refused since").containsExactly(0, 1);
    }

    @Test
    void typeWithMoreSlotsThanTheCallAsksForIsNotHeldBack() {
        Share share = Intake.of(List.of(SLOW)).share(2, () -> {});

        assertThat(share.room()).isEmpty();
    }

    @Test
    void slotsOutOfBoundsAreRefused() {
        assertThatThrownBy(() -> QUICK.withConcurrency(0))
                .isInstanceOf(InvalidJobException.class)
                .hasMessage("concurrency 0: must be 1 to 100000");
        assertThatThrownBy(() -> QUICK.withConcurrency(QueueSettings.MOST_CONCURRENT + 1))
                .isInstanceOf(InvalidJobException.class);
    }

    @Test
    void unknownTypeIsRefusedWithTheOnesThereAre() {
        Intake intake = Intake.of(List.of(SLOW, QUICK));

        assertThatThrownBy(() -> intake.pause("quik", true))
                .isInstanceOf(InvalidJobException.class)
                .hasMessage("type 'quik': has no handler in this process; those it has are [quick, slow]");
    }
}
