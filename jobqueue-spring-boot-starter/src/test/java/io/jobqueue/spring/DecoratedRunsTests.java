package io.jobqueue.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.jobqueue.JobErrorHandler;
import io.jobqueue.JobFailedException;
import io.jobqueue.JobInterceptor;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.spring.autoconfigure.JobEngineBuilderCustomizer;
import io.jobqueue.spring.autoconfigure.StarterContext;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.task.TaskDecorator;
import org.springframework.core.task.support.ContextPropagatingTaskDecorator;

@ExtendWith(OutputCaptureExtension.class)
class DecoratedRunsTests {

    private static final ThreadLocal<@Nullable String> TENANT = new ThreadLocal<>();

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final Handlers handlers = new Handlers();
    private final ApplicationContextRunner runner = StarterContext.runner()
            .withPropertyValues("jobqueue.defaults.max-attempts=1")
            .withBean(Handlers.class, () -> handlers);

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void handlerRunsInsideAllDecoratorsInTheOrderOfSpringsOwnExecutors(String virtual) {
        runner.withPropertyValues("spring.threads.virtual.enabled=" + virtual)
                .withBean(DecoratedRunsTests.class, () -> this)
                .withUserConfiguration(InOrder.class)
                .run(context -> {
                    assertThat(run(context, "tenant")).isEqualTo("second>first>");
                    assertThat(run(context, "tenant")).isEqualTo("second>first>");
                    assertThat(seen).startsWith("interceptor sees second>first>");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void contextPropagatingDecoratorKeepsWhatTheRunKnowsOfItsJob(String virtual) {
        runner.withPropertyValues("spring.threads.virtual.enabled=" + virtual)
                .withBean(TaskDecorator.class, ContextPropagatingTaskDecorator::new)
                .run(context -> assertThat(run(context, "mdc")).isEqualTo("mdc"));
    }

    @Test
    void decoratorThatThrowsFailsTheAttemptWithItsError() {
        runner.withBean(TaskDecorator.class, () -> task -> {
                    throw new IllegalStateException("no tenant");
                })
                .run(context -> assertThatExceptionOfType(JobFailedException.class)
                        .isThrownBy(() -> run(context, "tenant"))
                        .withMessageContaining("no tenant"));
        assertThat(handlers.runs).isEmpty();
    }

    @Test
    void decoratorThatCallsNothingFailsTheAttempt() {
        runner.withBean(TaskDecorator.class, () -> task -> () -> {})
                .run(context -> assertThatExceptionOfType(JobFailedException.class)
                        .isThrownBy(() -> run(context, "tenant"))
                        .withMessageContaining("the handler was not called"));
    }

    @Test
    void decoratorThatTurnsToAnotherThreadFailsTheAttempt() {
        runner.withBean(
                        TaskDecorator.class,
                        () -> task -> () -> {
                            Thread other = new Thread(task);
                            other.setUncaughtExceptionHandler((thread, e) -> seen.add(String.valueOf(e.getMessage())));
                            other.start();
                        })
                .run(context -> assertThatExceptionOfType(JobFailedException.class)
                        .isThrownBy(() -> run(context, "tenant"))
                        .withMessageContaining("the handler was not called"));
        await().untilAsserted(() -> assertThat(seen).singleElement().asString().contains("called it on another"));
        assertThat(handlers.runs).isEmpty();
    }

    @Test
    void whatADecoratorThrowsAfterTheHandlerChangesNoOutcomeAndIsSaid(CapturedOutput output) {
        runner.withBean(
                        TaskDecorator.class,
                        () -> task -> () -> {
                            task.run();
                            throw new IllegalStateException("could not clean up");
                        })
                .run(context -> assertThat(run(context, "mdc")).isEqualTo("mdc"));
        assertThat(output)
                .contains("a task decorator failed after the handler had ended (java.lang.IllegalStateException at ")
                .doesNotContain("could not clean up");
    }

    @Test
    void handlersErrorInAnotherIsNotThatOfTheDecorator(CapturedOutput output) {
        runner.withBean(
                        TaskDecorator.class,
                        () -> task -> () -> {
                            try {
                                task.run();
                            } catch (Throwable e) {
                                throw new IllegalStateException(e);
                            }
                        })
                .run(context ->
                        assertThatExceptionOfType(JobFailedException.class).isThrownBy(() -> run(context, "broken")));
        assertThat(output).doesNotContain("a task decorator failed", "disk full");
    }

    @Test
    void decoratorThatIsNoCandidateByDefaultIsLeftOut() {
        runner.withUserConfiguration(NotForEverybody.class)
                .run(context -> assertThat(run(context, "mdc")).isEqualTo("mdc"));
    }

    @Test
    void mdcThatADecoratorClearsIsThereForErrorHandlers() {
        runner.withBean(
                        TaskDecorator.class,
                        () -> task -> () -> {
                            try {
                                task.run();
                            } finally {
                                MDC.clear();
                            }
                        })
                .withBean(JobErrorHandler.class, () -> (job, failure, planned) -> {
                    seen.add(String.valueOf(MDC.get("jobqueue.job.type")));
                    return planned;
                })
                .run(context ->
                        assertThatExceptionOfType(JobFailedException.class).isThrownBy(() -> run(context, "broken")));
        assertThat(seen).containsExactly("broken");
    }

    @Configuration(proxyBeanMethods = false)
    static class NotForEverybody {

        @Bean(defaultCandidate = false)
        TaskDecorator webDecorator() {
            return task -> {
                throw new IllegalStateException("there is no request");
            };
        }
    }

    @Test
    void handlersErrorIsSeenByTheDecoratorAndIsThatOfTheAttempt() {
        runner.withBean(
                        TaskDecorator.class,
                        () -> task -> () -> {
                            try {
                                task.run();
                            } catch (RuntimeException e) {
                                throw e;
                            } catch (Throwable e) {
                                seen.add(e.getClass().getSimpleName());
                            }
                        })
                .run(context -> assertThatExceptionOfType(JobFailedException.class)
                        .isThrownBy(() -> run(context, "broken"))
                        .withMessageContaining("disk full"));
        assertThat(seen).containsExactly("IOException");
    }

    @Test
    void executorOfTheApplicationsOwnIsDecoratedOnceARunToo() {
        runner.withBean(DecoratedRunsTests.class, () -> this)
                .withUserConfiguration(InOrder.class)
                .withBean(
                        JobEngineBuilderCustomizer.class,
                        () -> builder -> builder.executor(task -> new Thread(task).start()))
                .run(context -> assertThat(run(context, "tenant")).isEqualTo("second>first>"));
    }

    private static @Nullable String run(ApplicationContext context, String type) {
        return context.getBean(JobQueue.class)
                .enqueueAndWait(JobRequest.of(type).build(), String.class, Duration.ofSeconds(20));
    }

    private static TaskDecorator adding(String mark) {
        return task -> () -> {
            String before = TENANT.get();
            TENANT.set((before == null ? "" : before) + mark + ">");
            try {
                task.run();
            } finally {
                TENANT.set(before);
            }
        };
    }

    @Configuration(proxyBeanMethods = false)
    static class InOrder {

        /** Outermost, as with {@code applicationTaskExecutor}. */
        @Bean
        @Order(2)
        TaskDecorator second() {
            return adding("second");
        }

        @Bean
        @Order(1)
        TaskDecorator first() {
            return adding("first");
        }

        @Bean
        JobInterceptor interceptor(DecoratedRunsTests tests) {
            return (execution, chain) -> {
                tests.seen.add("interceptor sees " + TENANT.get());
                return chain.proceed();
            };
        }
    }

    static class Handlers {

        private final List<String> runs = new CopyOnWriteArrayList<>();

        @JobHandler("tenant")
        @Nullable
        String tenant() {
            runs.add("tenant");
            return TENANT.get();
        }

        @JobHandler("mdc")
        @Nullable
        String mdc() {
            return MDC.get("jobqueue.job.type");
        }

        @JobHandler("broken")
        void broken() throws IOException {
            throw new IOException("disk full");
        }
    }
}
