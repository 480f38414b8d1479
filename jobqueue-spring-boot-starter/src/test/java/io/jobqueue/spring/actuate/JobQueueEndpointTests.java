package io.jobqueue.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.engine.JobEngine;
import io.jobqueue.spring.JobHandler;
import io.jobqueue.spring.autoconfigure.JobQueueAutoConfiguration;
import io.jobqueue.spring.autoconfigure.JobQueueEndpointAutoConfiguration;
import io.jobqueue.spring.autoconfigure.JobQueueStoreAutoConfiguration;
import io.jobqueue.spring.autoconfigure.StarterContext;
import io.jobqueue.store.JobStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

class JobQueueEndpointTests {

    private final BrokenStore store = new BrokenStore();
    private final ApplicationContextRunner runner = StarterContext.runner()
            .withBean(JobStore.class, () -> store)
            .withBean(SlowMails.class)
            .withPropertyValues(
                    "management.endpoints.web.exposure.include=jobqueue",
                    "jobqueue.worker.name=blue-1",
                    "jobqueue.defaults.lease=20s",
                    "jobqueue.queues.mails.concurrency=2");

    @Test
    void everythingIsShownButPayloadsAndIds() {
        runner.run(context -> {
            SlowMails mails = context.getBean(SlowMails.class);
            JobQueue jobs = context.getBean(JobQueue.class);
            jobs.enqueue(JobRequest.of("slow", "a-secret-payload")
                    .id("a-secret-id")
                    .header("a-secret-header", "x")
                    .build());
            jobs.enqueue(JobRequest.of("elsewhere").queue("others").build());
            assertThat(mails.started.await(10, TimeUnit.SECONDS)).isTrue();

            JobQueueDescription shown = context.getBean(JobQueueEndpoint.class).jobQueue();
            String json = JsonMapper.shared().writeValueAsString(shown);
            mails.released.countDown();

            assertThat(shown.worker()).isEqualTo("blue-1");
            assertThat(shown.running()).isTrue();
            assertThat(Objects.requireNonNull(shown.store()).kind()).isEqualTo("memory");
            assertThat(shown.error()).isNull();
            assertThat(shown.queues()).containsOnlyKeys("mails", "others");
            QueueDescription queue = Objects.requireNonNull(shown.queues().get("mails"));
            assertThat(queue.jobs()).containsEntry("active", 1L).containsEntry("waiting", 0L);
            assertThat(queue.workers()).singleElement().satisfies(worker -> {
                assertThat(worker.name()).isEqualTo("blue-1");
                assertThat(worker.holds()).isEqualTo(1);
            });
            assertThat(queue.here()).isEqualTo(new QueueDescription.Here(2, 1, 0, true, false, List.of()));
            assertThat(json).doesNotContain("a-secret");
        });
    }

    @Test
    void settingsSayWhoseWordHolds() {
        runner.run(context -> {
            JobQueueDescription shown = context.getBean(JobQueueEndpoint.class).jobQueue();

            assertThat(Objects.requireNonNull(shown.queues().get("mails")).settings())
                    .containsEntry("concurrency", new SettingDescription(2, "queue"))
                    .containsEntry("lease", new SettingDescription("PT20S", "defaults"))
                    .containsEntry("order", new SettingDescription("fifo", "built-in"));
            assertThat(shown.handlers()).containsOnlyKeys("slow");
            JobQueueDescription.Handler handler =
                    Objects.requireNonNull(shown.handlers().get("slow"));
            assertThat(handler.queue()).isEqualTo("mails");
            assertThat(handler.origin()).contains("SlowMails");
            assertThat(handler.settings()).containsEntry("max-attempts", new SettingDescription(7, "handler"));
        });
    }

    @Test
    void waitingJobShowsForHowLong() {
        runner.withPropertyValues("jobqueue.worker.auto-startup=false").run(context -> {
            context.getBean(JobQueue.class).enqueue(JobRequest.of("slow", "x").build());

            await().untilAsserted(() -> assertThat(Objects.requireNonNull(
                                    context.getBean(JobQueueEndpoint.class).queue("mails"))
                            .oldestWaitingSeconds())
                    .isPositive());
        });
    }

    @Test
    void queueIsPausedAndGoesOn() {
        runner.run(context -> {
            JobQueueEndpoint endpoint = context.getBean(JobQueueEndpoint.class);

            assertThat(Objects.requireNonNull(endpoint.change("mails", "pause")).paused())
                    .isTrue();
            assertThat(Objects.requireNonNull(endpoint.change("mails", "resume"))
                            .paused())
                    .isFalse();
        });
    }

    @Test
    void drainErasesWhatHasNotStartedAndSaysHowMany() {
        runner.run(context -> {
            SlowMails mails = context.getBean(SlowMails.class);
            JobQueue jobs = context.getBean(JobQueue.class);
            JobQueueEndpoint endpoint = context.getBean(JobQueueEndpoint.class);
            jobs.enqueue(JobRequest.of("slow", "x").id("running").build());
            assertThat(mails.started.await(10, TimeUnit.SECONDS)).isTrue();
            endpoint.change("mails", "pause");
            jobs.enqueue(JobRequest.of("slow", "x").build());
            jobs.enqueue(JobRequest.of("slow", "x").delay(Duration.ofHours(1)).build());

            QueueDescription drained = Objects.requireNonNull(endpoint.change("mails", "drain"));
            QueueDescription again = Objects.requireNonNull(endpoint.change("mails", "drain"));
            mails.released.countDown();

            assertThat(drained.erased()).isEqualTo(2);
            assertThat(drained.jobs())
                    .containsEntry("waiting", 0L)
                    .containsEntry("scheduled", 0L)
                    .containsEntry("active", 1L);
            assertThat(again.erased()).isZero();
            assertThat(Objects.requireNonNull(endpoint.queue("mails")).erased()).isNull();
            await().until(() -> jobs.counts("mails").completed() == 1);
        });
    }

    @Test
    void unknownQueueAndActionAreRefused() {
        runner.run(context -> {
            JobQueueEndpoint endpoint = context.getBean(JobQueueEndpoint.class);
            JobQueueEndpointWebExtension web = context.getBean(JobQueueEndpointWebExtension.class);

            assertThat(endpoint.queue("nowhere")).isNull();
            assertThat(web.change("nowhere", "pause").getStatus()).isEqualTo(404);
            assertThat(web.change("mails", "pause").getStatus()).isEqualTo(200);
            assertThatExceptionOfType(InvalidEndpointRequestException.class)
                    .isThrownBy(() -> endpoint.change("mails", "obliterate"))
                    .satisfies(refusal ->
                            assertThat(refusal.getReason()).isEqualTo("action: must be pause, resume or drain"));
        });
    }

    @Test
    void storeThatDoesNotAnswerLeavesWhatIsKnownHere() {
        runner.run(context -> {
            store.breakDown();

            JobQueueDescription shown = context.getBean(JobQueueEndpoint.class).jobQueue();

            assertThat(shown.error()).contains("out of order");
            assertThat(shown.store()).isNull();
            assertThat(shown.handlers()).containsOnlyKeys("slow");
        });
    }

    @Test
    void queueThatCannotBeReadIsNamedAndHidesNoOther() {
        runner.run(context -> {
            JobQueue jobs = context.getBean(JobQueue.class);
            jobs.enqueue(JobRequest.of("elsewhere").queue("a").build());
            jobs.enqueue(JobRequest.of("elsewhere").queue("z").build());
            store.damage("a");

            JobQueueDescription shown = context.getBean(JobQueueEndpoint.class).jobQueue();

            assertThat(shown.error()).isNull();
            assertThat(shown.queues()).containsOnlyKeys("mails", "z");
            assertThat(shown.unreadable()).containsExactly(entry("a", "another program has written over a"));
        });
    }

    @Test
    void queuesThatTakeLongToFailHoldUpTheAnswerForFiveSeconds() {
        runner.run(context -> {
            JobQueue jobs = context.getBean(JobQueue.class);
            for (String queue : List.of("a", "b", "c", "d")) {
                jobs.enqueue(JobRequest.of("elsewhere").queue(queue).build());
                store.damage(queue);
            }
            AtomicInteger asked = new AtomicInteger();
            JobQueueEndpoint endpoint = new JobQueueEndpoint(
                    context.getBean(JobEngine.class), () -> Instant.EPOCH.plusSeconds(2L * asked.getAndIncrement()));

            JobQueueDescription shown = endpoint.jobQueue();

            assertThat(shown.queues()).isEmpty();
            assertThat(shown.unreadable())
                    .containsOnlyKeys("a", "b", "c", "d", "mails")
                    .containsEntry("c", "another program has written over c")
                    .containsEntry("d", "not asked for, because others have taken too long to fail");
        });
    }

    @Test
    void absentUnlessExposed() {
        StarterContext.runner().run(context -> assertThat(context).doesNotHaveBean(JobQueueEndpoint.class));
        runner.withPropertyValues("management.endpoint.jobqueue.access=NONE")
                .run(context -> assertThat(context).doesNotHaveBean(JobQueueEndpoint.class));
    }

    @Test
    void absentWithoutTheActuator() {
        ApplicationContextRunner application = new ApplicationContextRunner()
                .withUserConfiguration(Application.class)
                .withPropertyValues("jobqueue.store.type=memory", "management.endpoints.web.exposure.include=jobqueue");

        application.run(context -> assertThat(context).hasNotFailed().hasBean("jobQueueEndpoint"));
        application
                .withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(JobEngine.class)
                        .doesNotHaveBean("jobQueueEndpoint"));
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        JobQueueStoreAutoConfiguration.class,
        JobQueueAutoConfiguration.class,
        JobQueueEndpointAutoConfiguration.class
    })
    static class Application {}

    static class SlowMails {

        final CountDownLatch started = new CountDownLatch(1);
        final CountDownLatch released = new CountDownLatch(1);

        @JobHandler(type = "slow", queue = "mails", maxAttempts = "7")
        void send(String text) throws InterruptedException {
            started.countDown();
            released.await();
        }
    }
}
