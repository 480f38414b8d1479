package io.jobqueue.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.RetryPolicy;
import io.jobqueue.engine.HandlerDefinition;
import io.jobqueue.engine.JobEngine;
import io.jobqueue.spring.autoconfigure.StartFailure;
import io.jobqueue.spring.autoconfigure.StarterContext;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class AnnotationTextTests {

    /** As in an application, where Spring Boot adds what refuses unknown properties. */
    private final ApplicationContextRunner runner = StarterContext.runner()
            .withConfiguration(AutoConfigurations.of(PropertyPlaceholderAutoConfiguration.class));

    @Test
    void expressionsAreEvaluatedInEveryAttribute() {
        runner.withBean("plan", Plan.class)
                .withBean("patient", RetryPolicy.class, () -> failed -> Optional.empty())
                .withBean(Evaluated.class)
                .withPropertyValues("my.line=mails")
                .run(context -> {
                    HandlerDefinition definition = context.getBean(JobEngine.class)
                            .handlers()
                            .iterator()
                            .next();
                    assertThat(definition.type()).isEqualTo("welcome-mail");
                    assertThat(definition.queue()).isEqualTo("MAILS");
                    assertThat(definition.concurrency()).isEqualTo(4);
                    assertThat(definition.settings().maxAttempts()).isEqualTo(3);
                    assertThat(definition.settings().timeout()).hasSeconds(120);
                    assertThat(definition.settings().retry()).isSameAs(context.getBean("patient"));
                    assertThat(definition.autoStartup()).isFalse();
                    assertThat(context.getBean(JobHandlerRegistry.class).handlers())
                            .extracting(RegisteredHandler::id)
                            .containsExactly("welcome");
                });
    }

    @Test
    void expressionThatGivesNothingIsAnEmptyAttribute() {
        runner.withBean(Nothing.class)
                .run(context -> assertThat(context.getBean(JobEngine.class)
                                .handlers()
                                .iterator()
                                .next())
                        .extracting(HandlerDefinition::queue)
                        .isEqualTo("default"));
    }

    static Stream<Arguments> unknownProperties() {
        return Stream.of(
                Arguments.of("type", UnknownType.class),
                Arguments.of("queue", UnknownQueue.class),
                Arguments.of("concurrency", UnknownConcurrency.class),
                Arguments.of("maxAttempts", UnknownAttempts.class),
                Arguments.of("timeout", UnknownTimeout.class),
                Arguments.of("retry", UnknownRetry.class),
                Arguments.of("autoStartup", UnknownStart.class),
                Arguments.of("id", UnknownId.class));
    }

    @ParameterizedTest
    @MethodSource("unknownProperties")
    void unknownPropertyIsRefusedWithTheAttributeAndTheMethod(String attribute, Class<?> beanClass) {
        for (ApplicationContextRunner each : List.of(runner, StarterContext.runner())) {
            each.withBean(beanClass).run(context -> {
                FailureAnalysis analysis = StartFailure.analysisOf(context);
                assertThat(analysis.getDescription())
                        .contains(beanClass.getName() + ".send(WelcomeMail) of bean")
                        .contains("the attribute " + attribute + " is '${my.unknown}', and the property");
                assertThat(analysis.getAction()).contains("Set the property").contains("${name:default}");
            });
        }
    }

    @Test
    void unknownPropertyIsNamed() {
        runner.withBean(UnknownQueue.class)
                .run(context -> assertThat(StartFailure.analysisOf(context).getDescription())
                        .contains("the property 'my.unknown' cannot be found"));
    }

    @Test
    void expressionThatFailsIsRefusedWithTheAttributeAndTheReason() {
        runner.withBean(WrongExpression.class).run(context -> {
            FailureAnalysis analysis = StartFailure.analysisOf(context);
            assertThat(analysis.getDescription())
                    .contains(WrongExpression.class.getName() + ".send(WelcomeMail)")
                    .contains("the attribute concurrency is '#{@nobody.slots}', which cannot be evaluated (")
                    .contains("nobody");
            assertThat(analysis.getAction()).contains("Correct the expression");
        });
    }

    @Test
    void unknownPropertyInTheNameOfAHeaderIsRefused() {
        runner.withBean(UnknownHeader.class).run(context -> {
            FailureAnalysis analysis = StartFailure.analysisOf(context);
            assertThat(analysis.getDescription())
                    .contains(UnknownHeader.class.getName() + ".send(String)")
                    .contains("the name of the @JobHeader parameter 0 is '${my.unknown}', and the property");
            assertThat(analysis.getAction()).contains("${name:default}");
        });
    }

    static class Plan {

        public int getSlots() {
            return 4;
        }

        public @Nullable String getNothing() {
            return null;
        }
    }

    static class Evaluated {
        @JobHandler(
                type = "#{'welcome'}-mail",
                queue = "#{'${my.line}'.toUpperCase()}",
                concurrency = "#{@plan.slots}",
                maxAttempts = "#{1 + 2}",
                timeout = "#{T(java.time.Duration).ofMinutes(2)}",
                retry = "#{'pat'}ient",
                autoStartup = "#{1 > 2}",
                id = "#{'welcome'}")
        void send(WelcomeMail mail) {}
    }

    static class Nothing {
        @JobHandler(type = "welcome-mail", queue = "#{null}")
        void send(WelcomeMail mail) {}
    }

    static class UnknownType {
        @JobHandler("${my.unknown}")
        void send(WelcomeMail mail) {}
    }

    static class UnknownQueue {
        @JobHandler(type = "welcome-mail", queue = "${my.unknown}")
        void send(WelcomeMail mail) {}
    }

    static class UnknownConcurrency {
        @JobHandler(type = "welcome-mail", concurrency = "${my.unknown}")
        void send(WelcomeMail mail) {}
    }

    static class UnknownAttempts {
        @JobHandler(type = "welcome-mail", maxAttempts = "${my.unknown}")
        void send(WelcomeMail mail) {}
    }

    static class UnknownTimeout {
        @JobHandler(type = "welcome-mail", timeout = "${my.unknown}")
        void send(WelcomeMail mail) {}
    }

    static class UnknownRetry {
        @JobHandler(type = "welcome-mail", retry = "${my.unknown}")
        void send(WelcomeMail mail) {}
    }

    static class UnknownStart {
        @JobHandler(type = "welcome-mail", autoStartup = "${my.unknown}")
        void send(WelcomeMail mail) {}
    }

    static class UnknownId {
        @JobHandler(type = "welcome-mail", id = "${my.unknown}")
        void send(WelcomeMail mail) {}
    }

    static class WrongExpression {
        @JobHandler(type = "welcome-mail", concurrency = "#{@nobody.slots}")
        void send(WelcomeMail mail) {}
    }

    static class UnknownHeader {
        @JobHandler("welcome-mail")
        void send(@JobHeader("${my.unknown}") String tenant) {}
    }
}
