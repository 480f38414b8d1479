package io.jobqueue.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.jobqueue.JobFailedException;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.engine.EngineListener.Outcome;
import io.jobqueue.spring.JobHandler;
import io.jobqueue.spring.autoconfigure.StarterContext;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

class MetersTests {

    private final ApplicationContextRunner runner = StarterContext.runner()
            .withConfiguration(AutoConfigurations.of(
                    MetricsAutoConfiguration.class,
                    SimpleMetricsExportAutoConfiguration.class,
                    CompositeMeterRegistryAutoConfiguration.class))
            .withBean(Mails.class);

    @Test
    void runsAreTimedAndCountedByQueueTypeAndOutcome() {
        runner.run(context -> {
            run(context, JobRequest.of("good"));
            assertThatExceptionOfType(JobFailedException.class)
                    .isThrownBy(() -> run(context, JobRequest.of("bad").maxAttempts(1)));

            MeterRegistry meters = context.getBean(MeterRegistry.class);
            await().untilAsserted(() -> {
                assertThat(settled(meters, "good", "completed")).isEqualTo(1);
                assertThat(settled(meters, "bad", "failed")).isEqualTo(1);
            });
            assertThat(meters.get("jobqueue.job.wait")
                            .tags("queue", "mails", "type", "good")
                            .timer()
                            .count())
                    .isEqualTo(1);
            assertThat(meters.get("jobqueue.job.run")
                            .tags("queue", "mails", "type", "bad")
                            .timer()
                            .count())
                    .isEqualTo(1);
        });
    }

    @Test
    void queuesAndSlotsAreGaugedFromTheStart() {
        runner.withPropertyValues("jobqueue.queues.mails.concurrency=3").run(context -> {
            context.getBean(JobQueue.class)
                    .enqueue(JobRequest.of("good").delay(Duration.ofHours(1)).build());

            MeterRegistry meters = context.getBean(MeterRegistry.class);
            assertThat(gauge(meters, "mails", "scheduled")).isEqualTo(1);
            assertThat(gauge(meters, "mails", "waiting")).isZero();
            assertThat(meters.get("jobqueue.worker.slots")
                            .tag("queue", "mails")
                            .gauge()
                            .value())
                    .isEqualTo(3);
            assertThat(meters.get("jobqueue.worker.slots.busy")
                            .tag("queue", "mails")
                            .gauge()
                            .value())
                    .isZero();
        });
    }

    @Test
    void queueThatIsGoneIsGaugedNoMoreUntilItIsThereAgain() {
        runner.withPropertyValues("jobqueue.metrics.queue-interval=1ms").run(context -> {
            JobQueue jobs = context.getBean(JobQueue.class);
            MeterRegistry meters = context.getBean(MeterRegistry.class);
            JobRequest request = JobRequest.of("elsewhere").queue("others").build();
            jobs.enqueue(request);
            await().untilAsserted(() -> assertThat(gauges(meters, "others")).isEqualTo(9));

            jobs.queue("others").obliterate();
            await().untilAsserted(() -> assertThat(gauges(meters, "others")).isZero());

            assertThat(gauges(meters, "mails")).isEqualTo(9);
            jobs.enqueue(request);
            await().untilAsserted(() -> assertThat(gauges(meters, "others")).isEqualTo(9));
        });
    }

    /** Returns how many gauges a queue has, after one of another was asked for. */
    private static long gauges(MeterRegistry meters, String queue) {
        gauge(meters, "mails", "waiting");
        return meters.getMeters().stream()
                .filter(meter -> meter.getId().getName().startsWith("jobqueue.queue."))
                .filter(meter -> queue.equals(meter.getId().getTag("queue")))
                .count();
    }

    @Test
    void readingOfTheQueuesHoldsAsLongAsIsConfigured() {
        runner.withPropertyValues("jobqueue.metrics.queue-interval=1ms").run(context -> {
            MeterRegistry meters = context.getBean(MeterRegistry.class);
            assertThat(gauge(meters, "mails", "scheduled")).isZero();

            context.getBean(JobQueue.class)
                    .enqueue(JobRequest.of("good").delay(Duration.ofHours(1)).build());

            await().atMost(Duration.ofSeconds(5))
                    .untilAsserted(() ->
                            assertThat(gauge(meters, "mails", "scheduled")).isEqualTo(1));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"jobqueue.worker.enabled=false", "jobqueue.worker.auto-startup=false"})
    void processWithoutWorkersSaysNothingAboutThem(String off) {
        runner.withPropertyValues(off).run(context -> {
            MeterRegistry meters = context.getBean(MeterRegistry.class);

            assertThat(gauge(meters, "mails", "waiting")).isZero();
            for (String name : List.of("consuming", "slots", "slots.busy", "slots.stuck")) {
                assertThat(meters.get("jobqueue.worker." + name)
                                .tag("queue", "mails")
                                .gauge()
                                .value())
                        .isNaN();
            }
        });
    }

    @Test
    void queueOfOthersIsGaugedOnceItWasSeen() {
        runner.run(context -> {
            context.getBean(JobQueue.class)
                    .enqueue(JobRequest.of("elsewhere").queue("others").build());

            MeterRegistry meters = context.getBean(MeterRegistry.class);
            assertThat(gauge(meters, "mails", "waiting")).isZero();
            assertThat(gauge(meters, "others", "waiting")).isEqualTo(1);
        });
    }

    @Test
    void lossesAndErrorsAreCountedByQueue() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        JobMeters jobMeters = new JobMeters();
        jobMeters.bindTo(meters);

        jobMeters.leaseLost("mails", 2);
        jobMeters.reaped("mails", 3);
        jobMeters.storeFailed("mails");

        assertThat(meters.get("jobqueue.lease.lost")
                        .tag("queue", "mails")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(meters.get("jobqueue.reaped").tag("queue", "mails").counter().count())
                .isEqualTo(3);
        assertThat(meters.get("jobqueue.store.errors")
                        .tag("queue", "mails")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void typesBeyondTheFirstTwoHundredShareOneLabel() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        JobMeters jobMeters = new JobMeters();
        jobMeters.bindTo(meters);

        for (int i = 0; i < 10_000; i++) {
            jobMeters.settled("mails", "type-" + i, Outcome.FAILED, Duration.ofMillis(1));
        }

        assertThat(meters.find("jobqueue.job.settled").counters()).hasSize(201);
        assertThat(meters.get("jobqueue.job.settled")
                        .tag("type", "other")
                        .counter()
                        .count())
                .isEqualTo(9_800);
    }

    @Test
    void noMetersWithoutARegistry() {
        StarterContext.runner()
                .run(context -> assertThat(context)
                        .doesNotHaveBean(JobMeters.class)
                        .doesNotHaveBean(QueueMeters.class)
                        .hasSingleBean(JobQueue.class));
    }

    @Test
    void absentWithoutMicrometer() {
        StarterContext.runner()
                .withClassLoader(new FilteredClassLoader("io.micrometer"))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(JobQueue.class));
    }

    private static void run(ApplicationContext context, JobRequest.Builder request) {
        context.getBean(JobQueue.class).enqueueAndWait(request.build(), String.class, Duration.ofSeconds(10));
    }

    private static double settled(MeterRegistry meters, String type, String outcome) {
        return meters.get("jobqueue.job.settled")
                .tags("queue", "mails", "type", type, "outcome", outcome)
                .counter()
                .count();
    }

    private static double gauge(MeterRegistry meters, String queue, String state) {
        return meters.get("jobqueue.queue.jobs")
                .tags("queue", queue, "state", state)
                .gauge()
                .value();
    }

    static class Mails {

        @JobHandler(type = "good", queue = "mails")
        void good() {}

        @JobHandler(type = "bad", queue = "mails")
        void bad() {
            throw new IllegalStateException("mailbox full");
        }
    }
}
