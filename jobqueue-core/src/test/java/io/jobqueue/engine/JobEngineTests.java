package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.Backoff;
import io.jobqueue.Cancellation;
import io.jobqueue.InvalidJobException;
import io.jobqueue.JobError;
import io.jobqueue.JobId;
import io.jobqueue.JobRequest;
import io.jobqueue.JobState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The engine with real threads. */
class JobEngineTests extends EngineBench {

    @Test
    void idleWorkerLooksBeforeItsLeaseEnds() {
        FlakyStore flaky = new FlakyStore(store);
        JobEngine engine = JobEngine.builder(flaky)
                .queue(QUEUE, new QueueSettings(1, Duration.ofSeconds(1), JobSettings.NONE))
                .handler(HandlerDefinition.of("type", QUEUE, String.class, (payload, job) -> payload))
                .claimWait(Duration.ofMinutes(1))
                .build();
        engines.add(engine);

        engine.start();

        eventually(() -> flaky.calls("exchange") >= 4); // more than the lease is long
        assertThat(engine.jobQueue().workers(QUEUE)).hasSize(1);
    }

    @Test
    void resultReachesTheCaller() {
        JobEngine engine = engine((name, job) -> "Hello " + name);
        engine.start();

        assertThat(engine.jobQueue().enqueueAndWait(job("Ada"), String.class, BOUND))
                .isEqualTo("Hello Ada");
    }

    @Test
    void everyJobOfManyRunsOnce() {
        Set<String> ran = ConcurrentHashMap.newKeySet();
        AtomicInteger runs = new AtomicInteger();
        JobEngine engine = engine(
                (payload, job) -> {
                    runs.incrementAndGet();
                    return ran.add(payload);
                },
                builder -> builder.queue(QUEUE, new QueueSettings(50, null, JobSettings.NONE)));
        engine.start();
        List<JobRequest> requests = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            requests.add(job("job-" + i));
        }

        engine.jobQueue().enqueueAll(requests);

        eventually(() -> engine.jobQueue().counts(QUEUE).completed() == 10_000);
        assertThat(ran).hasSize(10_000);
        assertThat(runs).hasValue(10_000);
    }

    @Test
    void blockingHandlersFillAllSlots() throws InterruptedException {
        CountDownLatch all = new CountDownLatch(30);
        JobEngine engine = engine(
                (payload, job) -> {
                    all.countDown();
                    release.await();
                    return null;
                },
                builder -> builder.queue(QUEUE, new QueueSettings(30, null, JobSettings.NONE)));
        engine.start();

        engine.jobQueue()
                .enqueueAll(Collections.nCopies(40, JobRequest.of("type", "a").build()));

        await(all);
        assertThat(engine.workers()).singleElement().satisfies(status -> {
            assertThat(status.queue()).isEqualTo(QUEUE);
            assertThat(status.slots()).isEqualTo(30);
            assertThat(status.busy()).isEqualTo(30);
            assertThat(status.consuming()).isTrue();
            assertThat(status.sinceLastExchange()).isLessThan(BOUND);
        });
    }

    @Test
    void workerWhoseSlotsAreAllStuckDoesNotConsume() throws InterruptedException {
        JobEngine engine = engine(
                (payload, job) -> {
                    running.countDown();
                    while (release.getCount() > 0) {
                        Thread.onSpinWait();
                        boolean unusedInterrupt = Thread.interrupted();
                    }
                    return null;
                },
                builder -> builder.queue(QUEUE, new QueueSettings(1, null, JobSettings.NONE))
                        .interruptGrace(Duration.ZERO));
        engine.start();

        engine.jobQueue()
                .enqueue(JobRequest.of("type", "a")
                        .timeout(Duration.ofMillis(20))
                        .maxAttempts(1)
                        .build());

        await(running);
        eventually(() -> engine.workers().get(0).stuck() == 1);
        assertThat(engine.workers()).singleElement().satisfies(status -> {
            assertThat(status.consuming()).isFalse();
            assertThat(status.troubles()).singleElement().asString().startsWith("all slots of " + QUEUE);
        });
    }

    @Test
    void workerWhoseHandlersAreAllPausedDoesNotConsumeAndSaysSo() {
        JobEngine engine = engine((payload, job) -> null);
        engine.start();

        engine.pauseHandler("type");

        assertThat(engine.workers()).singleElement().satisfies(status -> {
            assertThat(status.consuming()).isFalse();
            assertThat(status.paused()).isTrue();
            assertThat(status.troubles()).isEmpty();
        });
        engine.resumeHandler("type");
        assertThat(engine.workers()).allMatch(WorkerStatus::consuming);
    }

    @Test
    void scheduledJobRunsWhenItIsDueWithoutAnyPoll() throws InterruptedException {
        JobEngine engine = engine((payload, job) -> waitForRelease());
        engine.start();

        engine.jobQueue()
                .enqueue(
                        JobRequest.of("type", "a").delay(Duration.ofMillis(300)).build());

        await(running);
    }

    @Test
    void failedAttemptIsRepeated() {
        AtomicInteger attempts = new AtomicInteger();
        JobEngine engine = engine((payload, job) -> {
            if (attempts.incrementAndGet() < 3) {
                throw new IllegalStateException("not yet");
            }
            return job.attempt();
        });
        engine.start();

        Integer attempt = engine.jobQueue()
                .enqueueAndWait(
                        JobRequest.of("type", "a")
                                .backoff(Backoff.fixed(Duration.ofMillis(20)))
                                .build(),
                        Integer.class,
                        BOUND);

        assertThat(attempt).isEqualTo(3);
    }

    @Test
    void runningJobIsCancelledAtOnce() throws InterruptedException {
        JobEngine engine = engine((payload, job) -> waitForRelease());
        engine.start();
        engine.jobQueue().enqueue(job("a"));
        await(running);

        assertThat(engine.jobQueue().cancel(JobId.of(QUEUE, "a"))).isEqualTo(Cancellation.REQUESTED);

        eventually(() -> find(engine, "a").state() == JobState.CANCELLED);
    }

    @Test
    void timeoutEndsAnAttempt() {
        JobEngine engine = engine((payload, job) -> waitForRelease());
        engine.start();

        engine.jobQueue()
                .enqueue(JobRequest.of("type", "a")
                        .id("a")
                        .timeout(Duration.ofMillis(50))
                        .maxAttempts(1)
                        .build());

        eventually(() -> find(engine, "a").state() == JobState.FAILED);
        assertThat(Objects.requireNonNull(find(engine, "a").error()).type()).isEqualTo(JobError.TIMEOUT);
        eventually(() -> engine.workers().get(0).busy() == 0);
    }

    @Test
    void engineWithoutHandlersClaimsNothing() {
        JobEngine engine = JobEngine.builder(store).build();
        engines.add(engine);
        engine.start();

        engine.jobQueue().enqueue("type", "a");

        assertThat(engine.isRunning()).isTrue();
        assertThat(engine.workers()).isEmpty();
        assertThat(engine.jobQueue().counts("default").waiting()).isEqualTo(1);
    }

    @Test
    void secondHandlerOfATypeIsRefusedNamingBoth() {
        JobEngine engine = engine((payload, job) -> payload);
        HandlerDefinition second = new HandlerDefinition(
                "type", "other", String.class, (payload, job) -> null, JobSettings.NONE, "Second.handle");

        assertThatThrownBy(() -> engine.register(second))
                .isInstanceOf(InvalidJobException.class)
                .hasMessageContainingAll("'type'", getClass().getName(), "Second.handle");
        assertThat(engine.handlers()).hasSize(1);
    }

    @Test
    void handlersAreRegisteredOnlyWhileTheEngineRests() {
        JobEngine engine = engine((payload, job) -> payload);
        HandlerDefinition late = HandlerDefinition.of("late", "late-queue", String.class, (payload, job) -> payload);
        engine.start();
        assertThatThrownBy(() -> engine.register(late))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'late'");

        engine.stop();
        engine.register(late);
        engine.start();

        assertThat(engine.workers()).extracting(WorkerStatus::queue).containsExactly(QUEUE, "late-queue");
    }

    @Test
    void handlersRunOnTheGivenExecutor() {
        ExecutorService threads =
                Executors.newSingleThreadExecutor(task -> new Thread(task, "the-applications-thread"));
        JobEngine engine =
                engine((payload, job) -> Thread.currentThread().getName(), builder -> builder.executor(threads));
        engine.start();

        assertThat(engine.jobQueue().enqueueAndWait(job("a"), String.class, BOUND))
                .isEqualTo("the-applications-thread");
        engine.stop();
        assertThat(threads.isShutdown()).isFalse();
        threads.shutdownNow();
    }

    @Test
    void listenerThatThrowsHarmsNothing() {
        EngineListener hostile = new EngineListener() {
            @Override
            public void started(String queue, String type, Duration waited) {
                throw new IllegalStateException("started");
            }

            @Override
            public void settled(String queue, String type, Outcome outcome, Duration ran) {
                throw new IllegalStateException("settled");
            }
        };
        JobEngine engine = engine((payload, job) -> payload, builder -> builder.listener(hostile));
        try (LogLines log = new LogLines()) {
            engine.start();
            for (int i = 0; i < 10; i++) {
                engine.jobQueue().enqueueAndWait(job("job-" + i), String.class, BOUND);
            }

            assertThat(log.messages()).hasSize(1);
        }
        assertThat(engine.jobQueue().counts(QUEUE).completed()).isEqualTo(10);
    }
}
