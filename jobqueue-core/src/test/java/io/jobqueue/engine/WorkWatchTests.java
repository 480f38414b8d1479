package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkWatchTests {

    private final WorkerBench bench = WorkerBench.of(1, (payload, job) -> null);
    private final WorkWatch watch =
            new WorkWatch(bench.worker, bench.store.signals(), Duration.ofMillis(20), bench.context.jitter());

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void workerWithoutAFreeSlotIsNotWatchedFor() throws InterruptedException {
        bench.enqueue("a");
        bench.settle();

        assertThat(watch.poll()).isPositive();

        assertThat(bench.store.calls("awaitWork")).isZero();
    }

    @Test
    void watchIsWokenOnceWhenTheWorkerRunsOutOfWork() {
        bench.settle();
        bench.clock.advance(WorkerBench.CLAIM_WAIT);
        bench.settle();

        assertThat(bench.watchWakes).hasValue(1);
    }

    @Test
    void hintWakesTheWorkerAndEndsTheWatch() throws InterruptedException {
        bench.settle();
        bench.store.signals().offerWork(WorkerBench.QUEUE);

        assertThat(watch.poll()).isZero();

        assertThat(bench.workerWakes).hasValue(1);
        assertThat(watch.poll()).isPositive();
    }

    @Test
    void jobIsClaimedByTheThreadThatHasHeardOfIt() throws InterruptedException {
        bench.settle();
        bench.enqueue("a");
        bench.store.forgetCalls();

        watch.poll();

        assertThat(bench.store.calls("exchange")).isOne();
        assertThat(bench.executor.size()).isOne();
        assertThat(bench.workerWakes).as("its waits may be others now").hasValue(1);
    }

    @Test
    void claimThatGetsNoAnswerIsLeftToTheWorker() throws InterruptedException {
        bench.settle();
        bench.enqueue("a");
        bench.store.afterEveryCall(bench.store::dropReplies); // from the call behind the wait on

        watch.poll();

        bench.store.afterEveryCall(() -> {});
        bench.store.heal();
        bench.work();
        assertThat(bench.job("a").attempts()).isOne();
        assertThat(bench.worker.holdsNothing()).isTrue();
    }

    @Test
    void waitWithoutAHintWakesNobody() throws InterruptedException {
        bench.settle();

        assertThat(watch.poll()).isZero();

        assertThat(bench.workerWakes).hasValue(0);
        assertThat(bench.worker.isAwaitingHint()).isTrue();
    }

    @Test
    void hintTheWorkerCannotUseIsPassedOn() throws InterruptedException {
        bench.settle();
        bench.worker.drain();
        bench.store.signals().offerWork(WorkerBench.QUEUE);

        watch.poll();

        assertThat(bench.store.signals().awaitWork(WorkerBench.QUEUE, Duration.ZERO))
                .isTrue();
    }

    @Test
    void idleWorkersDoNotWakeEachOtherForEver() throws Exception {
        QueueSettings other = QueueSettings.NONE.withTypes(Set.of("other"));
        try (WorkerBench picky = WorkerBench.of(1, null, other, (payload, job) -> null)) {
            WorkWatch its =
                    new WorkWatch(picky.worker, picky.store.signals(), Duration.ofMillis(1), picky.context.jitter());
            picky.settle();
            picky.enqueue("a");
            picky.store.forgetCalls();

            for (int turn = 0; turn < 50; turn++) {
                its.poll();
                picky.settle();
            }

            assertThat(picky.store.calls("exchange")).isBetween(1L, 3L);
        }
    }
}
