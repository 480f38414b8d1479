package io.jobqueue.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobqueue.JobListener;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.QueueOperations;
import io.jobqueue.engine.JobEngine;
import io.jobqueue.engine.WorkerStatus;
import io.jobqueue.spring.JobHandler;
import io.jobqueue.spring.autoconfigure.JobEngineBuilderCustomizer;
import io.jobqueue.spring.autoconfigure.JobQueueAutoConfiguration;
import io.jobqueue.spring.autoconfigure.JobQueueHealthAutoConfiguration;
import io.jobqueue.spring.autoconfigure.JobQueueStoreAutoConfiguration;
import io.jobqueue.spring.autoconfigure.StarterContext;
import io.jobqueue.store.JobStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;

class JobQueueHealthIndicatorTests {

    private final BrokenStore store = new BrokenStore();
    private final ApplicationContextRunner runner = StarterContext.runner()
            .withBean(JobStore.class, () -> store)
            .withBean(SlowMails.class)
            .withPropertyValues("jobqueue.queues.mails.concurrency=2");

    @Test
    void upWithStoreWorkersAndQueues() {
        runner.run(context -> {
            SlowMails mails = context.getBean(SlowMails.class);
            context.getBean(JobQueue.class).enqueue(JobRequest.of("slow").build());
            assertThat(mails.started.await(10, TimeUnit.SECONDS)).isTrue();

            Health health = health(context);
            mails.released.countDown();

            assertThat(health.getStatus()).isEqualTo(Status.UP);
            assertThat(health.getDetails())
                    .containsEntry(
                            "workers",
                            Map.of(
                                    "mails",
                                    Map.of("slots", 2, "busy", 1, "stuck", 0, "consuming", true, "paused", false)))
                    .containsEntry("queues", Map.of("mails", Map.of("waiting", 0L, "active", 1L, "paused", false)))
                    .extractingByKey("store")
                    .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                    .containsEntry("kind", "memory")
                    .containsOnlyKeys("kind", "location", "version", "durability");
        });
    }

    @Test
    void downWhileTheStoreFailsAndUpAgainWhenItIsHealed() {
        runner.run(context -> {
            store.breakDown();
            Health broken = health(context);
            store.heal();

            assertThat(broken.getStatus()).isEqualTo(Status.DOWN);
            assertThat(broken.getDetails()).extractingByKey("error").asString().contains("out of order");
            assertThat(health(context).getStatus()).isEqualTo(Status.UP);
        });
    }

    @Test
    void downWhileTheStoreHangs() {
        runner.run(context -> {
            store.hang();
            Health hanging = health(context);
            store.heal();

            assertThat(hanging.getStatus()).isEqualTo(Status.DOWN);
            assertThat(hanging.getDetails()).extractingByKey("error").asString().contains("within PT2S");
        });
    }

    @Test
    void downWhileAWorkerDoesNotConsume() {
        List<WorkerStatus> workers = List.of(
                new WorkerStatus("mails", 2, 1, 1, true, false, Duration.ZERO, List.of()),
                new WorkerStatus(
                        "reports",
                        2,
                        0,
                        0,
                        false,
                        false,
                        Duration.ofMinutes(1),
                        List.of("jobqueue-worker-reports stands still")));

        Health health = new JobQueueHealthIndicator(store, () -> workers, List::of, () -> true, () -> false).health();

        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.getDetails())
                .containsEntry("reason", "a worker does not consume: jobqueue-worker-reports stands still");
    }

    @Test
    void outOfServiceWhileAllHandlersArePausedAndUpAgainAfterwards() {
        runner.run(context -> {
            JobEngine engine = context.getBean(JobEngine.class);
            engine.pauseHandler("slow");
            Health paused = health(context);
            engine.resumeHandler("slow");

            assertThat(paused.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
            assertThat(paused.getDetails())
                    .containsEntry("reason", "the worker of mails is paused, or all of its handlers are");
            assertThat(health(context).getStatus()).isEqualTo(Status.UP);
        });
    }

    @Test
    void outOfServiceWhileTheQueueIsPausedAndUpAgainAfterwards() {
        runner.run(context -> {
            QueueOperations mails = context.getBean(JobQueue.class).queue("mails");
            mails.pause();
            Health paused = health(context);
            mails.resume();

            assertThat(paused.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
            assertThat(paused.getDetails())
                    .containsEntry("reason", "queue mails is paused")
                    .containsEntry("queues", Map.of("mails", Map.of("waiting", 0L, "active", 0L, "paused", true)));
            assertThat(health(context).getStatus()).isEqualTo(Status.UP);
        });
    }

    @Test
    void outOfServiceWhileTheOnlyWorkerIsPausedByItsNameAndUpAgainAfterwards() {
        runner.withPropertyValues("jobqueue.worker.name=blue-1", "jobqueue.worker.claim-wait=100ms")
                .run(context -> {
                    QueueOperations mails = context.getBean(JobQueue.class).queue("mails");
                    mails.pauseWorker("blue-1");

                    await().until(() -> health(context).getStatus().equals(Status.OUT_OF_SERVICE));
                    assertThat(health(context).getDetails())
                            .containsEntry("reason", "the worker of mails is paused, or all of its handlers are");
                    mails.resumeWorker("blue-1");
                    await().until(() -> health(context).getStatus().equals(Status.UP));
                });
    }

    @Test
    void outOfServiceAndNotDownWhileTheWorkersStop() {
        runner.run(context -> {
            SlowMails mails = context.getBean(SlowMails.class);
            JobEngine engine = context.getBean(JobEngine.class);
            context.getBean(JobQueue.class).enqueue(JobRequest.of("slow").build());
            assertThat(mails.started.await(10, TimeUnit.SECONDS)).isTrue();
            Thread stop = new Thread(engine::stop);
            stop.start();

            await().until(engine::isStopping);
            Health stopping = health(context);
            mails.released.countDown();
            stop.join(10_000);

            assertThat(stopping.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
            assertThat(stopping.getDetails()).containsEntry("reason", "the workers are stopping");
            assertThat(health(context).getDetails()).containsEntry("reason", "the workers are stopped");
        });
    }

    @Test
    void stoppingWorkerWhoseLoopsStandStillIsNotDown() {
        List<WorkerStatus> workers = List.of(
                new WorkerStatus("mails", 2, 1, 1, false, false, Duration.ZERO, List.of("a loop stands still")));

        Health health = new JobQueueHealthIndicator(store, () -> workers, List::of, () -> true, () -> true).health();

        assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
    }

    @Test
    void upWhileOneOfTwoWorkersIsPausedAndSaysWhich() {
        List<WorkerStatus> workers = List.of(
                new WorkerStatus("mails", 2, 0, 0, true, false, Duration.ZERO, List.of()),
                new WorkerStatus("reports", 2, 0, 0, false, true, Duration.ZERO, List.of()));

        Health health = new JobQueueHealthIndicator(store, () -> workers, List::of, () -> true, () -> false).health();

        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails())
                .extractingByKey("workers")
                .isEqualTo(Map.of(
                        "mails", Map.of("slots", 2, "busy", 0, "stuck", 0, "consuming", true, "paused", false),
                        "reports", Map.of("slots", 2, "busy", 0, "stuck", 0, "consuming", false, "paused", true)));
    }

    @Test
    void downWhileResultsOrEventsAreNotHeardAlsoInAProcessThatOnlyEnqueues() {
        Health health = new JobQueueHealthIndicator(
                        store, List::of, () -> List.of("jobqueue-replies stands still"), () -> true, () -> false)
                .health();

        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.getDetails())
                .containsEntry("reason", "results or events are not heard: jobqueue-replies stands still");
    }

    @Test
    void downWhileAListenerOfEventsHangs() {
        CountDownLatch hanging = new CountDownLatch(1);
        runner.withPropertyValues("jobqueue.worker.enabled=false")
                .withBean(JobEngineBuilderCustomizer.class, () -> builder -> builder.stuckAfter(Duration.ofMillis(200)))
                .withBean(JobListener.class, () -> event -> awaitQuietly(hanging))
                .run(context -> {
                    context.getBean(JobQueue.class)
                            .enqueue(JobRequest.of("slow").build());

                    await().until(() -> health(context).getStatus().equals(Status.DOWN));
                    assertThat(health(context).getDetails())
                            .containsEntry(
                                    "reason", "results or events are not heard: jobqueue-events-mails stands still");
                    hanging.countDown();
                    await().until(() -> health(context).getStatus().equals(Status.UP));
                });
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void outOfServiceWhileTheWorkersAreStopped() {
        runner.run(context -> {
            context.getBean(JobEngine.class).stop();
            assertThat(health(context).getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        });
    }

    @Test
    void producerOnlyProcessIsUpWithoutWorkers() {
        runner.withPropertyValues("jobqueue.worker.enabled=false")
                .run(context -> assertThat(health(context).getStatus()).isEqualTo(Status.UP));
    }

    @Test
    void switchedOffByTheHealthProperty() {
        runner.withPropertyValues("management.health.jobqueue.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(JobQueueHealthIndicator.class));
    }

    @Test
    void absentWithoutTheHealthModule() {
        ApplicationContextRunner application = new ApplicationContextRunner()
                .withUserConfiguration(Application.class)
                .withPropertyValues("jobqueue.store.type=memory");

        application.run(context -> assertThat(context).hasNotFailed().hasBean("jobQueueHealthIndicator"));
        application
                .withClassLoader(new FilteredClassLoader("org.springframework.boot.health"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(JobQueue.class)
                        .doesNotHaveBean("jobQueueHealthIndicator"));
    }

    private static Health health(ApplicationContext context) {
        return context.getBean("jobQueueHealthIndicator", JobQueueHealthIndicator.class)
                .health();
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        JobQueueStoreAutoConfiguration.class,
        JobQueueAutoConfiguration.class,
        JobQueueHealthAutoConfiguration.class
    })
    static class Application {}

    static class SlowMails {

        final CountDownLatch started = new CountDownLatch(1);
        final CountDownLatch released = new CountDownLatch(1);

        @JobHandler(type = "slow", queue = "mails")
        void send() throws InterruptedException {
            started.countDown();
            released.await();
        }
    }
}
