package io.jobqueue.spring.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.jobqueue.JobFailedException;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.engine.EngineObserver;
import io.jobqueue.spring.JobHandler;
import io.jobqueue.spring.autoconfigure.StarterContext;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

class ObservationTests {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ApplicationContextRunner runner = StarterContext.runner()
            .withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class))
            .withBean(DefaultMeterObservationHandler.class, () -> new DefaultMeterObservationHandler(meters))
            .withBean(Mails.class);

    private static void run(ApplicationContext context, JobRequest request) {
        context.getBean(JobQueue.class).enqueueAndWait(request, Void.class, Duration.ofSeconds(20));
    }

    private List<String> tags(String name) {
        return meters.find(name).meters().stream()
                .map(meter ->
                        meter.getId().getTags().stream().map(Tag::toString).collect(Collectors.joining(" ")))
                .sorted()
                .toList();
    }

    @Test
    void enqueueAndRunAreTimedByTheirKeys() {
        runner.run(context -> {
            run(context, JobRequest.of("good").build());

            await().untilAsserted(() -> assertThat(tags("jobqueue.process"))
                    .containsExactly("tag(error=none) tag(jobqueue.outcome=completed) tag(jobqueue.type=good)"
                            + " tag(messaging.destination.name=mails) tag(messaging.operation.name=process)"
                            + " tag(messaging.operation.type=process) tag(messaging.system=jobqueue)"));
            assertThat(tags("jobqueue.enqueue"))
                    .containsExactly("tag(error=none) tag(jobqueue.type=good) tag(messaging.destination.name=mails)"
                            + " tag(messaging.operation.name=enqueue) tag(messaging.operation.type=send)"
                            + " tag(messaging.system=jobqueue)");
        });
    }

    @Test
    void outcomeIsWhatTheEngineHasDecided() {
        runner.run(context -> {
            assertThatExceptionOfType(JobFailedException.class)
                    .isThrownBy(() ->
                            run(context, JobRequest.of("bad").maxAttempts(2).build()));
            context.getBean(JobQueue.class)
                    .enqueue(JobRequest.of("unheard-of").queue("mails").build());

            await().untilAsserted(() -> assertThat(tags("jobqueue.process"))
                    .anyMatch(tags -> tags.contains("error=IllegalStateException") && tags.contains("outcome=retried"))
                    .anyMatch(tags -> tags.contains("error=IllegalStateException") && tags.contains("outcome=failed"))
                    .anyMatch(tags -> tags.contains("error=none")
                            && tags.contains("outcome=released")
                            && tags.contains("jobqueue.type=unknown"))
                    .hasSize(3));
        });
    }

    @Test
    void manyJobsOfOneCallAreOneObservation() {
        runner.run(context -> {
            context.getBean(JobQueue.class)
                    .enqueueAll(List.of(
                            JobRequest.of("good").delay(Duration.ofHours(1)).build(),
                            JobRequest.of("good").delay(Duration.ofHours(1)).build(),
                            JobRequest.of("other").queue("others").build()));

            assertThat(meters.get("jobqueue.enqueue").timer().count()).isEqualTo(1);
            assertThat(tags("jobqueue.enqueue"))
                    .singleElement()
                    .asString()
                    .contains("messaging.destination.name=several", "jobqueue.type=several");
        });
    }

    @Test
    void conventionOfTheApplicationWins() {
        runner.withBean(JobProcessObservationConvention.class, () -> new DefaultJobProcessObservationConvention() {
                    @Override
                    public String getName() {
                        return "messaging.process.duration";
                    }

                    @Override
                    public KeyValues getLowCardinalityKeyValues(JobReceiverContext context) {
                        return super.getLowCardinalityKeyValues(context)
                                .and("tenant", context.job().headers().getOrDefault("tenant", "none"));
                    }
                })
                .run(context -> {
                    run(context, JobRequest.of("good").header("tenant", "t1").build());

                    await().untilAsserted(() -> assertThat(tags("messaging.process.duration"))
                            .singleElement()
                            .asString()
                            .contains("tenant=t1"));
                    assertThat(meters.find("jobqueue.process").meters()).isEmpty();
                });
    }

    @Test
    void silencedByThePropertyOfSpringBoot() {
        runner.withPropertyValues("management.observations.enable.jobqueue=false")
                .run(context -> {
                    run(context, JobRequest.of("good").build());

                    assertThat(meters.getMeters().stream().map(Meter::getId).map(Meter.Id::getName))
                            .isEmpty();
                });
    }

    @Test
    void nothingIsObservedWithoutARegistry() {
        StarterContext.runner()
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(EngineObserver.class));
    }

    @Test
    void applicationStartsWithoutMicrometerAndWithoutTracing() {
        StarterContext.runner()
                .withClassLoader(new FilteredClassLoader("io.micrometer"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(JobQueue.class)
                        .doesNotHaveBean(EngineObserver.class));
        StarterContext.runner()
                .withBean(ObservationRegistry.class, ObservationRegistry::create)
                .withClassLoader(new FilteredClassLoader("io.micrometer.tracing"))
                .withPropertyValues("jobqueue.observation.propagation=link")
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(JobQueueObservation.class));
    }

    static class Mails {

        @JobHandler(type = "good", queue = "mails")
        void good() {}

        @JobHandler(type = "bad", queue = "mails", maxAttempts = "2")
        void bad() {
            throw new IllegalStateException("bad");
        }
    }
}
