package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.JobSnapshot;
import io.jobqueue.JobState;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The stop of an engine with real threads. */
class JobEngineStopTests extends EngineBench {

    private final CountDownLatch releaseB = new CountDownLatch(1);

    private static String await(CountDownLatch latch, String value) throws InterruptedException {
        await(latch);
        return value;
    }

    private static Set<Thread> threads(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .collect(Collectors.toSet());
    }

    @Test
    void stopWaitsForRunningHandlers() throws InterruptedException {
        JobEngine engine = engine((payload, job) -> waitForRelease());
        engine.start();
        engine.jobQueue().enqueue(job("a"));
        await(running);
        Thread stopper = new Thread(engine::stop);
        stopper.start();
        engine.jobQueue().enqueue(job("b"));

        release.countDown();
        stopper.join(BOUND.toMillis());

        assertThat(engine.isRunning()).isFalse();
        assertThat(find(engine, "a").state()).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void engineSaysThatItIsStoppingAndConsumesNoMore() throws InterruptedException {
        JobEngine engine = engine((payload, job) -> waitForRelease());
        engine.start();
        engine.jobQueue().enqueue(job("a"));
        await(running);
        boolean before = engine.isStopping();
        Thread stopper = new Thread(engine::stop);
        stopper.start();

        eventually(engine::isStopping);

        assertThat(before).isFalse();
        assertThat(engine.workers()).singleElement().satisfies(worker -> {
            assertThat(worker.consuming()).isFalse();
            assertThat(worker.paused()).isFalse();
        });
        release.countDown();
        stopper.join(BOUND.toMillis());
        assertThat(engine.isStopping()).isFalse();
        assertThat(engine.workers()).isEmpty();
    }

    @Test
    void stopReleasesWhatIsUnfinishedWithoutACharge() throws InterruptedException {
        JobEngine engine =
                engine((payload, job) -> waitForRelease(), builder -> builder.shutdownTimeout(Duration.ofMillis(50)));
        engine.start();
        engine.jobQueue().enqueue(job("a"));
        await(running);

        engine.stop();

        assertThat(find(engine, "a"))
                .returns(JobState.WAITING, JobSnapshot::state)
                .returns(0, JobSnapshot::attempts)
                .returns(0, JobSnapshot::crashes);
    }

    @Test
    void stopGivesUpOnAHandlerThatDoesNotListen() throws InterruptedException {
        JobEngine engine = engine(
                (payload, job) -> {
                    running.countDown();
                    boolean released = false;
                    while (!released) {
                        try {
                            released = release.await(1, TimeUnit.MINUTES);
                        } catch (InterruptedException e) {
                            released = false; // a handler that does not listen
                        }
                    }
                    return null;
                },
                builder -> builder.shutdownTimeout(Duration.ZERO));
        engine.start();
        engine.jobQueue().enqueue(job("a"));
        await(running);

        engine.stop();

        assertThat(engine.isRunning()).isFalse();
        assertThat(find(engine, "a"))
                .returns(JobState.WAITING, JobSnapshot::state)
                .returns(0, JobSnapshot::attempts);
    }

    @Test
    void jobThatIsClaimedWhileTheEngineStopsIsGivenBackAndNotBegun() throws InterruptedException {
        FlakyStore flaky = new FlakyStore(store);
        AtomicInteger begun = new AtomicInteger();
        JobEngine engine = JobEngine.builder(flaky)
                .handler(HandlerDefinition.of("type", QUEUE, String.class, (payload, job) -> null))
                .executor(task -> begun.incrementAndGet())
                .build();
        engines.add(engine);
        HungCall claiming = flaky.hangAnswered("exchange");
        engine.jobQueue().enqueue(job("a"));
        engine.start();
        await(claiming.begun());
        Set<Thread> loops = threads("jobqueue-leases");
        Thread stopper = new Thread(engine::stop);
        stopper.start();
        eventually(() -> loops.stream().noneMatch(Thread::isAlive)); // it has looked whether jobs run

        claiming.letGo();
        stopper.join(BOUND.toMillis());

        assertThat(engine.isRunning()).isFalse();
        eventually(() -> find(engine, "a").state() == JobState.WAITING);
        assertThat(find(engine, "a").attempts()).isZero();
        assertThat(begun).hasValue(0);
    }

    @Test
    void interruptOfTheStopEndsTheWaiting() throws InterruptedException {
        JobEngine engine = engine((payload, job) -> waitForRelease());
        engine.start();
        engine.jobQueue().enqueue(job("a"));
        await(running);

        Thread.currentThread().interrupt();
        engine.stop();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(engine.isRunning()).isFalse();
    }

    @Test
    void outcomesOfFinishedHandlersAreToldAfterAStopThatWasInterrupted() throws InterruptedException {
        FlakyStore flaky = new FlakyStore(store);
        CountDownLatch both = new CountDownLatch(2);
        JobEngine engine = JobEngine.builder(flaky)
                .handler(HandlerDefinition.of("type", QUEUE, String.class, (payload, job) -> {
                    both.countDown();
                    return payload.equals("a") ? waitForRelease() : await(releaseB, payload);
                }))
                .build();
        engines.add(engine);
        engine.jobQueue().enqueue(job("a"));
        engine.jobQueue().enqueue(job("b"));
        engine.start();
        await(both);
        HungCall telling = flaky.hang("exchange");
        release.countDown();
        await(telling.begun());
        releaseB.countDown();
        eventually(() -> engine.workers().get(0).busy() == 0);

        Thread.currentThread().interrupt();
        engine.stop();
        assertThat(Thread.interrupted()).isTrue();
        telling.letGo();

        eventually(() -> find(engine, "a").state() == JobState.COMPLETED);
        eventually(() -> find(engine, "b").state() == JobState.COMPLETED);
        eventually(() -> engine.jobQueue().workers(QUEUE).isEmpty());
    }

    @Test
    void handlerMayStopItsEngine() {
        JobEngine[] self = new JobEngine[1];
        JobEngine engine = engine(
                (payload, job) -> {
                    self[0].stop();
                    return null;
                },
                builder -> builder.shutdownTimeout(Duration.ofMillis(50)));
        self[0] = engine;
        engine.start();

        engine.jobQueue().enqueue(job("a"));

        eventually(() -> !engine.isRunning());
    }

    @Test
    void engineCanBeStartedAndStoppedAgainAndAgain() {
        JobEngine engine = engine((payload, job) -> payload);
        for (int i = 0; i < 20; i++) {
            engine.start();
            engine.start();
            assertThat(engine.jobQueue().enqueueAndWait(job("job-" + i), String.class, BOUND))
                    .isEqualTo("job-" + i);
            engine.stop();
            engine.stop();
        }

        assertThat(engine.jobQueue().counts(QUEUE).completed()).isEqualTo(20);
    }

    @Test
    void stopBeforeTheStartAndCloseAfterTheStopDoNothing() {
        JobEngine engine = engine((payload, job) -> payload);

        engine.stop();
        engine.close();
        engine.close();

        assertThat(engine.workers()).isEmpty();
    }

    @Test
    void nothingOfTheEngineOutlivesTheStop() throws InterruptedException {
        JobEngine engine = engine((payload, job) -> payload);
        engine.start();
        engine.jobQueue().enqueueAndWait(job("a"), String.class, BOUND);
        Set<Thread> threads = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("jobqueue-worker-")
                        || thread.getName().startsWith("jobqueue-watch-")
                        || thread.getName().startsWith("jobqueue-job-")
                        || thread.getName().matches("jobqueue-(leases|deadlines|maintenance)"))
                .collect(Collectors.toSet());
        assertThat(threads).anyMatch(thread -> !thread.isDaemon());

        engine.stop();

        for (Thread thread : threads) {
            thread.join(BOUND.toMillis());
            assertThat(thread.isAlive()).as(thread.getName()).isFalse();
        }
    }

    @Test
    void storeStaysOpenWhenTheEngineIsClosed() {
        JobEngine engine = engine((payload, job) -> payload);
        JobEngine other = engine((payload, job) -> payload);
        engine.close();

        assertThat(engine.store().info()).isEqualTo(store.info());
        assertThat(other.jobQueue().enqueue(job("a")).isNew()).isTrue();
    }

    @Test
    void queueThatCannotBeGivenBackHoldsUpNoOther() {
        FlakyStore flaky = new FlakyStore(store);
        try (JobEngine engine = JobEngine.builder(flaky)
                .handler(HandlerDefinition.of("one", "one", String.class, (payload, job) -> null))
                .handler(HandlerDefinition.of("two", "two", String.class, (payload, job) -> null))
                .build()) {
            engine.start();
            eventually(() -> flaky.calls("exchange") >= 2);
            flaky.refuse();
            flaky.forgetCalls();

            engine.stop();

            assertThat(flaky.calls("reconcile")).isEqualTo(2);
        }
    }
}
