package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.Attempt;
import io.jobqueue.InvalidJobException;
import io.jobqueue.JobRequest;
import io.jobqueue.JobState;
import io.jobqueue.LiveWorker;
import io.jobqueue.LiveWorker.HeldJob;
import io.jobqueue.QueueOperations;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Workers that are looked at and held back by name. */
class WorkerPauseTests extends EngineBench {

    @Test
    void pausedWorkerAsksOnceAClaimWaitAndTakesNoHint() {
        try (WorkerBench bench = WorkerBench.of(2, (payload, job) -> null)) {
            operations(bench).pauseWorker(WorkerBench.WORKER);
            bench.enqueue("a");

            bench.settle();

            assertThat(bench.executor.size()).isZero();
            assertThat(bench.worker.isAwaitingHint()).isFalse();
            assertThat(bench.worker.takeHint()).isFalse();
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
    void resumedWorkerClaimsAfterAClaimWaitAndTakesHintsAgain() {
        try (WorkerBench bench = WorkerBench.of(2, (payload, job) -> null)) {
            operations(bench).pauseWorker(WorkerBench.WORKER);
            bench.enqueue("a");
            bench.settle();

            operations(bench).resumeWorker(WorkerBench.WORKER);
            bench.clock.advance(WorkerBench.CLAIM_WAIT);
            bench.work();

            assertThat(bench.job("a").state()).isEqualTo(JobState.COMPLETED);
            assertThat(bench.worker.isAwaitingHint()).isTrue();
            assertThat(bench.worker.takeHint()).isTrue();
        }
    }

    @Test
    void pausedWorkerFinishesWhatItRuns() {
        try (WorkerBench bench = WorkerBench.of(1, (payload, job) -> payload)) {
            bench.enqueue("a", "b");
            bench.settle();

            operations(bench).pauseWorker(WorkerBench.WORKER);
            bench.work();

            assertThat(bench.job("a").state()).isEqualTo(JobState.COMPLETED);
            assertThat(bench.job("b").state()).isEqualTo(JobState.WAITING);
        }
    }

    @Test
    void directoryShowsWhatAWorkerRuns() {
        try (WorkerBench bench = WorkerBench.of(1, (payload, job) -> null)) {
            bench.enqueue("a");
            bench.settle();

            assertThat(bench.queue.workers(WorkerBench.QUEUE))
                    .containsExactly(new LiveWorker(
                            WorkerBench.WORKER,
                            WorkerBench.QUEUE,
                            bench.clock.instant(),
                            bench.clock.instant().plus(WorkerBench.LEASE),
                            1,
                            List.of(new HeldJob("a", bench.clock.instant()))));
        }
    }

    @Test
    void stoppedEngineIsGoneFromTheDirectoryAtOnce() {
        JobEngine engine = engine((payload, job) -> null, builder -> builder.workerName("blue"));
        engine.start();
        eventually(() -> engine.jobQueue().workers(QUEUE).size() == 1);
        assertThat(engine.jobQueue().queue(QUEUE).workers())
                .extracting(LiveWorker::name)
                .containsExactly("blue");

        engine.stop();

        assertThat(engine.jobQueue().workers(QUEUE)).isEmpty();
    }

    @Test
    void jobsGoToTheWorkerThatIsNotPaused() {
        JobEngine blue = engine((payload, job) -> "blue", builder -> builder.workerName("blue"));
        JobEngine green = engine((payload, job) -> "green", builder -> builder.workerName("green"));
        green.jobQueue().queue(QUEUE).pauseWorker("blue");
        blue.start();
        green.start();

        for (int i = 0; i < 50; i++) {
            assertThat(blue.jobQueue().enqueueAndWait(job("job-" + i), String.class, BOUND))
                    .isEqualTo("green");
        }
        assertThat(blue.jobQueue().queue(QUEUE).pausedWorkers()).isEqualTo(Set.of("blue"));
    }

    @Test
    void workerThatIsPausedByNameDoesNotConsumeAndSaysSo() {
        JobEngine blue = engine(
                (payload, job) -> null, builder -> builder.workerName("blue").claimWait(Duration.ofMillis(50)));
        blue.start();

        blue.jobQueue().queue(QUEUE).pauseWorker("blue");

        eventually(() -> blue.workers().get(0).paused());
        assertThat(blue.workers()).singleElement().satisfies(status -> {
            assertThat(status.consuming()).isFalse();
            assertThat(status.troubles()).isEmpty();
        });
        blue.jobQueue().queue(QUEUE).resumeWorker("blue");
        eventually(() -> blue.workers().get(0).consuming());
    }

    @Test
    void allQueuesArePausedAndResumed() {
        JobEngine engine = engine((payload, job) -> payload);
        engine.jobQueue().enqueue(job("a"));
        engine.jobQueue()
                .enqueue(
                        JobRequest.of("other", "b").queue("other-queue").id("b").build());

        engine.jobQueue().pauseAll();
        engine.jobQueue().pauseAll();

        assertThat(engine.jobQueue().queues())
                .allSatisfy(queue ->
                        assertThat(engine.jobQueue().queue(queue).isPaused()).isTrue());
        engine.jobQueue().resumeAll();
        assertThat(engine.jobQueue().queues())
                .hasSize(2)
                .allSatisfy(queue ->
                        assertThat(engine.jobQueue().queue(queue).isPaused()).isFalse());
    }

    @Test
    void nameThatNoWorkerCanHaveIsRefused() {
        QueueOperations operations = engine((payload, job) -> null).jobQueue().queue(QUEUE);

        assertThatThrownBy(() -> operations.pauseWorker("w".repeat(Attempt.MAX_WORKER + 1)))
                .isInstanceOf(InvalidJobException.class)
                .hasMessageContaining("shorten it to at most 64");
        assertThatThrownBy(() -> operations.resumeWorker(" "))
                .isInstanceOf(InvalidJobException.class)
                .hasMessageContaining("worker name: is blank");
        assertThat(operations.pausedWorkers()).isEmpty();
    }

    private static QueueOperations operations(WorkerBench bench) {
        return bench.queue.queue(WorkerBench.QUEUE);
    }
}
