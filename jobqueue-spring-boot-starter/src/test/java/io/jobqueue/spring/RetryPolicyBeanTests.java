package io.jobqueue.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.FailedAttempt;
import io.jobqueue.JobFailedException;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.RetryPolicy;
import io.jobqueue.spring.autoconfigure.StarterContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.context.properties.source.MutuallyExclusiveConfigurationPropertiesException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** Retry policies that are beans: named by a handler, by a queue and by the defaults. */
class RetryPolicyBeanTests {

    private final List<String> asked = new CopyOnWriteArrayList<>();

    private final ApplicationContextRunner runner = StarterContext.runner()
            .withBean("ofHandler", RetryPolicy.class, () -> failed -> twice("handler", failed))
            .withBean("ofQueue", RetryPolicy.class, () -> failed -> twice("queue", failed))
            .withBean("ofDefaults", RetryPolicy.class, () -> failed -> twice("defaults", failed))
            .withBean(Broken.class);

    private Optional<Duration> twice(String who, FailedAttempt failed) {
        asked.add(who);
        return failed.number() < 2 ? Optional.of(Duration.ZERO) : Optional.empty();
    }

    private void fail(ApplicationContext context, String type) {
        assertThatExceptionOfType(JobFailedException.class)
                .isThrownBy(() -> context.getBean(JobQueue.class)
                        .enqueueAndWait(JobRequest.of(type).build(), Void.class, Duration.ofSeconds(20)));
    }

    @Test
    void policyOfTheHandlerDecides() {
        runner.withPropertyValues("jobqueue.defaults.retry=ofDefaults", "my.policy=ofHandler")
                .run(context -> {
                    fail(context, "own");
                    assertThat(asked).containsExactly("handler", "handler");
                });
    }

    @Test
    void policyOfTheDefaultsDecidesForHandlersWithoutOne() {
        runner.withPropertyValues("jobqueue.defaults.retry=ofDefaults", "my.policy=ofHandler")
                .run(context -> {
                    fail(context, "plain");
                    assertThat(asked).containsExactly("defaults", "defaults");
                });
    }

    @Test
    void policyOfTheQueueOverrulesTheHandlers() {
        runner.withPropertyValues("jobqueue.queues.default.retry=ofQueue", "my.policy=ofHandler")
                .run(context -> {
                    fail(context, "own");
                    assertThat(asked).containsExactly("queue", "queue");
                });
    }

    @Test
    void backoffOfTheQueueOverrulesThePolicyOfTheDefaults() {
        runner.withPropertyValues(
                        "jobqueue.defaults.retry=ofDefaults",
                        "jobqueue.queues.default.backoff.initial=0s",
                        "jobqueue.queues.default.backoff.jitter=0",
                        "my.policy=ofHandler")
                .run(context -> {
                    fail(context, "own");
                    assertThat(asked).isEmpty();
                });
    }

    @Test
    void incrementAloneIsABackoff() {
        runner.withPropertyValues(
                        "jobqueue.defaults.retry=ofDefaults",
                        "jobqueue.queues.default.backoff.increment=1ms",
                        "my.policy=ofHandler")
                .run(context -> {
                    fail(context, "own");
                    assertThat(asked).isEmpty();
                });
    }

    @Test
    void unknownPolicyOfAQueueStopsTheStartWithTheOnesThereAre() {
        runner.withPropertyValues("jobqueue.queues.default.retry=ofNobody", "my.policy=ofHandler")
                .run(context -> assertThat(context.getStartupFailure())
                        .hasRootCauseInstanceOf(IllegalArgumentException.class)
                        .cause()
                        .satisfies(failure -> assertThat(failure)
                                .hasStackTraceContaining(InvalidConfigurationPropertyValueException.class.getName())
                                .hasStackTraceContaining("jobqueue.queues.default.retry")
                                .hasStackTraceContaining("[ofHandler, ofQueue, ofDefaults]")));
    }

    @Test
    void policyBesideABackoffOfTheSameLevelStopsTheStart() {
        runner.withPropertyValues(
                        "jobqueue.defaults.retry=ofDefaults", "jobqueue.defaults.backoff.max=1m", "my.policy=ofHandler")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .isInstanceOfSatisfying(
                                MutuallyExclusiveConfigurationPropertiesException.class,
                                exclusive -> assertThat(exclusive.getConfiguredNames())
                                        .containsExactlyInAnyOrder(
                                                "jobqueue.defaults.retry", "jobqueue.defaults.backoff.max")));
    }

    @Test
    void beanIsFoundByNameAndNothingElse() {
        runner.withPropertyValues("my.policy=ofHandler").run(context -> {
            RetryPolicyBeans policies = new RetryPolicyBeans(context);
            assertThat(policies.named("ofQueue")).isSameAs(context.getBean("ofQueue"));
            assertThatThrownBy(() -> policies.named("jobQueue")).hasMessageContaining("is no RetryPolicy");
        });
    }

    static class Broken {

        @JobHandler(type = "own", retry = "${my.policy}")
        void own() {
            throw new IllegalStateException("no luck");
        }

        @JobHandler("plain")
        void plain() {
            throw new IllegalStateException("no luck");
        }
    }
}
