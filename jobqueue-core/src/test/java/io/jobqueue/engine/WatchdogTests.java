package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.Handler;
import io.jobqueue.JobState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Engines with real threads whose loops are made to hang. */
class WatchdogTests extends EngineBench {

    private static final Duration STUCK_AFTER = Duration.ofMillis(300);
    private static final Duration CLAIM_WAIT = Duration.ofMillis(100);

    private final FlakyStore flaky = new FlakyStore(store);
    private final List<String> handled = new CopyOnWriteArrayList<>();
    private final List<String> replaced = new CopyOnWriteArrayList<>();
    private final List<HungCall> hung = new CopyOnWriteArrayList<>();
    private final EngineListener listener = new EngineListener() {
        @Override
        public void loopReplaced(String loop) {
            replaced.add(loop);
        }

        @Override
        public void leaseLost(String queue, int claims) {
            replaced.add("lease lost");
        }
    };

    @AfterEach
    void letGo() {
        hung.forEach(HungCall::letGo);
    }

    private JobEngine engineOn(Handler<String, ?> handler, UnaryOperator<JobEngine.Builder> options) {
        JobEngine engine = options.apply(JobEngine.builder(flaky)
                        .handler(HandlerDefinition.of("type", QUEUE, String.class, handler))
                        .claimWait(CLAIM_WAIT)
                        .stuckAfter(STUCK_AFTER)
                        .shutdownTimeout(Duration.ofMillis(500))
                        .listener(listener))
                .build();
        engines.add(engine);
        return engine;
    }

    private JobEngine startedEngine() {
        JobEngine engine = engineOn((payload, job) -> handled.add(payload), options -> options);
        engine.start();
        return engine;
    }

    private HungCall hang(String method) {
        return noted(flaky.hang(method));
    }

    private HungCall hangAnswered(String method) {
        return noted(flaky.hangAnswered(method));
    }

    private HungCall noted(HungCall call) {
        hung.add(call);
        return call;
    }

    private static boolean consumes(JobEngine engine) {
        return engine.workers().stream().allMatch(WorkerStatus::consuming);
    }

    /** Returns when the watch waits for work, which it does when the worker has found nothing. */
    private void awaitWatch() {
        eventually(() -> flaky.calls("awaitWork") > 0);
    }

    private static boolean hasEnded(JobEngine engine, String id) {
        return find(engine, id).state() == JobState.COMPLETED;
    }

    @Test
    void threadThatHangsBeforeItsCallIsReplacedAndJobsRunOnce() throws InterruptedException {
        JobEngine engine = startedEngine();
        awaitWatch();
        HungCall call = hang("exchange");
        engine.jobQueue().enqueue(job("a"));
        await(call.begun());

        eventually(() -> hasEnded(engine, "a"));
        eventually(() -> consumes(engine));
        call.letGo();
        await(call.gone());
        engine.jobQueue().enqueue(job("b"));
        eventually(() -> hasEnded(engine, "b"));

        assertThat(replaced).containsExactly("watch"); // which has heard of the job
        assertThat(handled).containsExactly("a", "b");
        assertThat(engine.jobQueue().counts(QUEUE).active()).isZero();
    }

    @Test
    void claimsOfAHungAnswerComeBackAndRunOnce() throws InterruptedException {
        JobEngine engine = engineOn((payload, job) -> handled.add(payload), options -> options);
        engine.jobQueue().enqueue(job("a"));
        HungCall call = hangAnswered("exchange");
        engine.start();
        await(call.begun());
        assertThat(find(engine, "a").state()).isEqualTo(JobState.ACTIVE);

        eventually(() -> hasEnded(engine, "a"));
        call.letGo();
        await(call.gone());
        engine.jobQueue().enqueue(job("b"));
        eventually(() -> hasEnded(engine, "b"));

        assertThat(handled).containsExactly("a", "b");
        assertThat(find(engine, "a").attempts()).isEqualTo(1);
        assertThat(find(engine, "a").crashes()).isZero();
    }

    @Test
    void outcomesOfAHungCallAreToldAgain() throws InterruptedException {
        for (boolean answered : List.of(false, true)) {
            String id = "told-" + answered;
            CountDownLatch running = new CountDownLatch(1);
            CountDownLatch release = new CountDownLatch(1);
            JobEngine engine = engineOn(
                    (payload, job) -> {
                        handled.add(payload);
                        running.countDown();
                        release.await();
                        return null;
                    },
                    options -> options.defaults(new QueueSettings(1, null, JobSettings.NONE)));
            engine.jobQueue().enqueue(job(id));
            engine.start();
            await(running);
            HungCall call = answered ? hangAnswered("exchange") : hang("exchange");
            release.countDown();
            await(call.begun());

            eventually(() -> hasEnded(engine, id) && consumes(engine));
            call.letGo();
            await(call.gone());

            assertThat(handled).containsOnlyOnce(id);
            engine.close();
        }
    }

    @Test
    void runningHandlersAreNotDisturbed() throws InterruptedException {
        AtomicInteger interrupts = new AtomicInteger();
        JobEngine engine = engineOn(
                (payload, job) -> {
                    handled.add(payload);
                    try {
                        return payload.equals("long") ? waitForRelease() : null;
                    } catch (InterruptedException e) {
                        interrupts.incrementAndGet();
                        throw e;
                    }
                },
                options -> options);
        engine.start();
        awaitWatch();
        flaky.forgetCalls();
        engine.jobQueue().enqueue(job("long"));
        await(running);
        awaitWatch();
        HungCall call = hang("exchange");
        engine.jobQueue().enqueue(job("a"));
        await(call.begun());

        eventually(() -> hasEnded(engine, "a"));
        release.countDown();
        eventually(() -> hasEnded(engine, "long"));

        assertThat(interrupts).hasValue(0);
        assertThat(handled).containsExactly("long", "a");
        assertThat(replaced).containsExactly("watch"); // which has heard of the job
    }

    @Test
    void hungWorkerIsNotConsumingUntilACallSucceeds() throws InterruptedException {
        JobEngine engine = startedEngine();
        HungCall call = hang("exchange");
        HungCall reconcile = hang("reconcile");
        engine.jobQueue().enqueue(job("a"));
        await(call.begun());
        await(reconcile.begun());

        eventually(() -> !consumes(engine));
        assertThat(engine.workers().get(0).troubles()).isNotEmpty().allMatch(trouble -> trouble.contains(QUEUE));
        eventually(() -> hasEnded(engine, "a") && consumes(engine));

        assertThat(handled).containsExactly("a");
    }

    @Test
    void renewalThatHangsIsReplacedBeforeTheLeaseEnds() throws InterruptedException {
        JobEngine engine = engineOn(
                (payload, job) -> handled.add(waitForRelease()),
                options -> options.defaults(new QueueSettings(1, Duration.ofSeconds(6), JobSettings.NONE)));
        engine.start();
        engine.jobQueue().enqueue(job("a"));
        await(running);
        flaky.forgetCalls();
        HungCall call = hang("renew");
        await(call.begun());

        eventually(() -> flaky.calls("renew") >= 2);
        release.countDown();
        eventually(() -> hasEnded(engine, "a") && consumes(engine));

        assertThat(replaced).containsExactly("leases");
        assertThat(handled).containsExactly("released");
    }

    @Test
    void deafWatchIsReplacedAndJobsRunMeanwhile() throws InterruptedException {
        HungCall call = hang("awaitWork");
        JobEngine engine = startedEngine();
        await(call.begun());
        engine.jobQueue().enqueue(job("a"));

        eventually(() -> hasEnded(engine, "a"));
        eventually(() -> replaced.contains("watch"));
        eventually(() -> consumes(engine));
        call.letGo();
        await(call.gone());
        engine.jobQueue().enqueue(job("b"));
        eventually(() -> hasEnded(engine, "b"));

        assertThat(handled).containsExactly("a", "b");
        assertThat(replaced).containsExactly("watch");
    }

    @Test
    void maintenanceThatHangsIsReplaced() throws InterruptedException {
        HungCall call = hang("promote");
        JobEngine engine = startedEngine();
        await(call.begun());

        eventually(() -> replaced.contains("maintenance"));
        flaky.forgetCalls();
        eventually(() -> flaky.calls("promote") > 0 && consumes(engine));

        assertThat(replaced).containsExactly("maintenance");
    }

    @Test
    void loopThatHangsInTheExecutorIsShownAndWaitedFor() throws InterruptedException {
        JobEngine engine = engineOn(
                (payload, job) -> handled.add(payload),
                options -> options.executor(task -> {
                    running.countDown();
                    new HungTask(release).run();
                    new Thread(task).start();
                }));
        engine.start();
        engine.jobQueue().enqueue(job("a"));
        await(running);

        eventually(() -> !consumes(engine));
        assertThat(engine.workers().get(0).troubles()).containsExactly("jobqueue-worker-" + QUEUE + " stands still");
        assertThat(replaced).isEmpty();
        release.countDown();
        eventually(() -> hasEnded(engine, "a") && consumes(engine));

        assertThat(handled).containsExactly("a");
    }

    @Test
    void workerWhoseCallsFailIsNotConsuming() {
        JobEngine engine = startedEngine();
        eventually(() -> consumes(engine));

        flaky.refuse();
        eventually(() -> engine.workers()
                .get(0)
                .troubles()
                .contains("queue '" + QUEUE + "', worker fails to settle and to claim"));
        assertThat(consumes(engine)).isFalse();

        flaky.heal();
        eventually(() -> consumes(engine));
    }

    @Test
    void claimsOfAThreadThatDiedInAStepAreGivenUp() {
        try (WorkerBench bench = WorkerBench.of(1, (payload, job) -> handled.add(payload))) {
            bench.enqueue("a");
            bench.settle();
            Lease held = bench.worker.lease().current();

            bench.worker.restart();
            bench.work();

            assertThat(held.isLost()).isTrue();
            assertThat(bench.worker.lease().current()).isNotSameAs(held);
            assertThat(handled).isEmpty();
            assertThat(bench.job("a").state()).isEqualTo(JobState.ACTIVE); // until the reaper finds the lease expired
        }
    }

    private record HungTask(CountDownLatch latch) implements Runnable {

        @Override
        public void run() {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
