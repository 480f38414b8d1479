package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.JobState;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.store.ExchangeRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** A worker whose runs are much shorter than its calls of the store. */
class SideLineTests {

    private static final int SLOTS = 50;
    private static final int JOBS = 1000;
    private static final Duration CALL = Duration.ofMillis(4);

    private final List<String> handled = new ArrayList<>();
    private Duration run = Duration.ofNanos(1000);
    private Runnable duringCall = () -> {};

    private WorkerBench bench() {
        WorkerBench[] bench = new WorkerBench[1];
        bench[0] = WorkerBench.of(SLOTS, (payload, job) -> {
            bench[0].clock.advance(run);
            handled.add(payload);
            return null;
        });
        for (int i = 0; i < JOBS; i++) {
            bench[0].enqueue("job-" + i);
        }
        bench[0].store.afterEveryCall(() -> {
            bench[0].clock.advance(CALL);
            Runnable once = duringCall;
            duringCall = () -> {};
            once.run();
        });
        return bench[0];
    }

    /** Lets so many outcomes gather that a call is worth it, and leaves claimed jobs that have not run. */
    private static void gather(WorkerBench bench) {
        bench.worker.poll();
        bench.executor.runAll();
        bench.worker.poll();
        bench.worker.poll();
        bench.executor.runNext();
    }

    private static long exchanges(WorkerBench bench) {
        return bench.store.calls("exchange");
    }

    @Test
    void callIsMadeWhileTheWorkersOwnIsUnderWay() {
        try (WorkerBench bench = bench()) {
            gather(bench);
            int wakes = bench.secondWakes.get();
            bench.store.forgetCalls();
            duringCall = () -> {
                bench.executor.runAll();
                assertThat(bench.worker.sides().second().poll()).isZero();
                assertThat(exchanges(bench)).isEqualTo(2);
            };

            bench.worker.poll();

            assertThat(bench.secondWakes.get()).isGreaterThan(wakes);
            assertThat(exchanges(bench)).isEqualTo(2);
            assertThat(bench.queue.counts(WorkerBench.QUEUE).completed()).isEqualTo(200);
            assertThat(bench.queue.counts(WorkerBench.QUEUE).active())
                    .isPositive()
                    .isLessThanOrEqualTo(SLOTS + 3 * ExchangeRequest.MOST);
        }
    }

    @Test
    void everyJobRunsOnceWhateverThreadClaimsIt() {
        try (WorkerBench bench = bench()) {
            gather(bench);
            for (int i = 0; i < JOBS && handled.size() < JOBS; i++) {
                duringCall = () -> {
                    bench.executor.runAll();
                    bench.worker.sides().second().poll();
                };
                bench.worker.poll();
                bench.executor.runAll();
            }
            bench.work();

            assertThat(handled).hasSize(JOBS).doesNotHaveDuplicates();
            assertThat(bench.queue.counts(WorkerBench.QUEUE).completed()).isEqualTo(JOBS);
            assertThat(bench.worker.holdsNothing()).isTrue();
            assertThat(bench.worker.slots().busy()).isZero();
        }
    }

    @Test
    void whatTheOtherCallAsksForCountsAsClaimed() {
        try (WorkerBench bench = bench()) {
            gather(bench);
            for (int i = 0; i < 5; i++) {
                bench.worker.poll();
            }
            bench.executor.runAll();
            for (int i = 0; i < 2; i++) {
                duringCall = bench.worker.sides().second()::poll;
                bench.worker.poll();
            }

            assertThat(bench.queue.counts(WorkerBench.QUEUE).completed()).isGreaterThanOrEqualTo(450);
            assertThat(bench.queue.counts(WorkerBench.QUEUE).active()).isEqualTo(SLOTS + 3 * ExchangeRequest.MOST);
        }
    }

    @Test
    void restsWhileTheWorkerIsInNoCall() {
        try (WorkerBench bench = bench()) {
            gather(bench);
            bench.store.forgetCalls();

            assertThat(bench.worker.sides().second().poll()).isPositive();

            assertThat(exchanges(bench)).isZero();
        }
    }

    @Test
    void restsWhileRunsAreAsLongAsCalls() {
        run = CALL;
        try (WorkerBench bench = bench()) {
            gather(bench);
            bench.store.forgetCalls();
            duringCall = () -> {
                bench.executor.runAll();
                assertThat(bench.worker.sides().second().poll()).isPositive();
            };

            bench.worker.poll();

            assertThat(bench.secondWakes.get()).isZero();
            assertThat(exchanges(bench)).isOne();
        }
    }

    @Test
    void outcomesOfACallWithoutAnAnswerAreToldAgainByTheWorker() {
        try (WorkerBench bench = bench()) {
            gather(bench);
            duringCall = () -> {
                bench.executor.runAll();
                bench.store.dropReplies();
                assertThat(bench.worker.sides().second().poll()).isPositive();
                bench.store.heal();
                bench.executor.runAll();
                assertThat(bench.worker.sides().second().poll())
                        .as("before it is known what is held")
                        .isPositive();
            };

            bench.worker.poll();
            bench.work();

            assertThat(handled).hasSize(JOBS).doesNotHaveDuplicates();
            assertThat(bench.queue.counts(WorkerBench.QUEUE).completed()).isEqualTo(JOBS);
        }
    }

    @Test
    void storeIsToldWhatIsHeldOnlyWhenNothingMoreIsOnItsWay()
            throws InterruptedException, ExecutionException, TimeoutException {
        ExecutorService threads = Executors.newCachedThreadPool();
        try (WorkerBench bench = bench()) {
            gather(bench);
            List<Future<?>> beside = new ArrayList<>();
            HungCall[] hung = new HungCall[1];
            bench.store.dropReplies();
            duringCall = () -> {
                bench.store.heal();
                bench.executor.runAll();
                hung[0] = bench.store.hangAnswered("exchange");
                beside.add(threads.submit(bench.worker.sides().second()::poll));
                await(hung[0]);
            };
            assertThatThrownBy(bench.worker::poll).isInstanceOf(StoreUnavailableException.class);

            Future<Duration> own = threads.submit(bench.worker::poll);
            assertThatThrownBy(() -> own.get(100, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            assertThat(bench.store.calls("reconcile")).isZero();
            hung[0].letGo();
            own.get(10, TimeUnit.SECONDS);
            beside.get(0).get(10, TimeUnit.SECONDS);
            bench.work();

            assertThat(bench.store.calls("reconcile")).isOne();
            assertThat(handled).hasSize(JOBS).doesNotHaveDuplicates();
            assertThat(bench.queue.counts(WorkerBench.QUEUE).completed()).isEqualTo(JOBS);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void callThatHangsIsGivenUpAndTheWorkerGoesOn() throws InterruptedException, ExecutionException, TimeoutException {
        ExecutorService threads = Executors.newCachedThreadPool();
        try (WorkerBench bench = bench()) {
            gather(bench);
            HungCall[] hung = new HungCall[1];
            List<Future<?>> beside = new ArrayList<>();
            duringCall = () -> {
                bench.executor.runAll();
                hung[0] = bench.store.hang("exchange");
                beside.add(threads.submit(bench.worker.sides().second()::poll));
                await(hung[0]);
            };
            bench.worker.poll();

            int wakes = bench.workerWakes.get();
            assertThat(bench.worker.sides().second().abandon()).isTrue();
            assertThat(bench.workerWakes.get()).as("it has work now").isGreaterThan(wakes);
            bench.work();

            assertThat(handled).hasSize(JOBS).doesNotHaveDuplicates();
            assertThat(bench.queue.counts(WorkerBench.QUEUE).completed()).isEqualTo(JOBS);
            hung[0].letGo();
            assertThatThrownBy(() -> beside.get(0).get(10, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(AbandonedStepException.class);
            assertThat(bench.queue.counts(WorkerBench.QUEUE).active()).isZero();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void endWaitsForTheCallThatIsUnderWay() throws InterruptedException, ExecutionException, TimeoutException {
        ExecutorService threads = Executors.newCachedThreadPool();
        try (WorkerBench bench = bench()) {
            gather(bench);
            HungCall[] hung = new HungCall[1];
            List<Future<?>> beside = new ArrayList<>();
            duringCall = () -> {
                bench.executor.runAll();
                hung[0] = bench.store.hang("exchange");
                beside.add(threads.submit(bench.worker.sides().second()::poll));
                await(hung[0]);
            };
            bench.worker.poll();
            bench.worker.drain();

            Future<?> end = threads.submit(bench.worker::finish);
            assertThatThrownBy(() -> end.get(100, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            hung[0].letGo();
            end.get(10, TimeUnit.SECONDS);
            beside.get(0).get(10, TimeUnit.SECONDS);

            assertThat(bench.queue.counts(WorkerBench.QUEUE).active()).isZero();
            assertThat(bench.queue.counts(WorkerBench.QUEUE).waiting()
                            + bench.queue.counts(WorkerBench.QUEUE).completed())
                    .isEqualTo(JOBS);
            assertThat(handled).doesNotHaveDuplicates();
            assertThat(bench.job("job-999").state()).isEqualTo(JobState.WAITING);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void endDoesNotWaitForeverForACallThatHangs() throws InterruptedException, ExecutionException, TimeoutException {
        ExecutorService threads = Executors.newCachedThreadPool();
        try (WorkerBench bench = bench()) {
            gather(bench);
            HungCall[] hung = new HungCall[1];
            List<Future<?>> beside = new ArrayList<>();
            duringCall = () -> {
                bench.executor.runAll();
                hung[0] = bench.store.hang("exchange");
                beside.add(threads.submit(bench.worker.sides().second()::poll));
                await(hung[0]);
            };
            bench.worker.poll();
            bench.worker.drain();

            threads.submit(bench.worker::finish).get(20, TimeUnit.SECONDS);

            assertThat(bench.queue.counts(WorkerBench.QUEUE).active()).isZero();
            hung[0].letGo();
            beside.get(0).get(10, TimeUnit.SECONDS);
            assertThat(bench.queue.counts(WorkerBench.QUEUE).active())
                    .as("the call came too late to claim")
                    .isZero();
        } finally {
            threads.shutdownNow();
        }
    }

    private static void await(HungCall hung) {
        try {
            assertThat(hung.begun().await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
