package io.jobqueue.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jobqueue.InvalidJobException;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.codec.JacksonPayloadCodec;
import io.jobqueue.codec.PayloadCodec;
import io.jobqueue.engine.JobEngine;
import io.jobqueue.spring.JobHandler;
import io.jobqueue.spring.PayloadValidator;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.ApplicationContext;

@ExtendWith(OutputCaptureExtension.class)
class JobQueueAutoConfigurationTests {

    private final ApplicationContextRunner runner = StarterContext.runner();

    @Test
    void engineAndJobQueueAreBeans() {
        runner.run(context -> assertThat(context)
                .hasSingleBean(JobEngine.class)
                .hasSingleBean(JobQueue.class)
                .hasSingleBean(JacksonPayloadCodec.class));
    }

    @Test
    void ownCodecWins() {
        PayloadCodec own = new JacksonPayloadCodec();
        runner.withBean("own", PayloadCodec.class, () -> own)
                .run(context -> assertThat(context).getBean(PayloadCodec.class).isSameAs(own));
    }

    @Test
    void applicationsMapperWritesThePayloads() {
        runner.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class))
                .withPropertyValues("spring.jackson.property-naming-strategy=SNAKE_CASE")
                .run(context -> assertThat(new String(
                                context.getBean(PayloadCodec.class).write(new Point(1)),
                                java.nio.charset.StandardCharsets.UTF_8))
                        .isEqualTo("{\"x_value\":1}"));
    }

    @Test
    void applicationKeepsItsTaskExecutor() {
        runner.withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class))
                .run(context -> {
                    assertThat(context).hasBean("applicationTaskExecutor");
                    assertThat(context.getBeanNamesForType(Executor.class)).containsExactly("applicationTaskExecutor");
                });
    }

    @Test
    void largestPayloadIsTheConfiguredOne() {
        runner.withPropertyValues("jobqueue.producer.max-payload-size=10B").run(context -> {
            JobQueue jobQueue = context.getBean(JobQueue.class);
            assertThatExceptionOfType(InvalidJobException.class)
                    .isThrownBy(() -> jobQueue.enqueue("note", "0123456789"));
            assertThat(jobQueue.enqueue("note", "01234567").isNew()).isTrue();
        });
    }

    @Test
    void workersAreCalledAsConfigured() {
        runner.withPropertyValues("jobqueue.worker.name=blue-1")
                .run(context -> assertThat(context.getBean(JobEngine.class).workerName())
                        .isEqualTo("blue-1"));
        runner.run(context -> assertThat(context.getBean(JobEngine.class).workerName())
                .contains("-" + ProcessHandle.current().pid() + "-"));
    }

    @Test
    void handlersRunOnNamedThreads() {
        runner.withBean(ThreadTeller.class)
                .run(context -> assertThat(runningThread(context)).startsWith("jobqueue-job-"));
    }

    @Test
    void handlersRunOnVirtualThreadsWhenTheApplicationAndItsJavaDo() {
        String kind = Runtime.version().feature() >= 21 ? "virtual " : "";
        runner.withBean(ThreadTeller.class)
                .withPropertyValues("spring.threads.virtual.enabled=true")
                .run(context -> assertThat(runningThread(context)).startsWith(kind + "jobqueue-job-"));
    }

    @Test
    void workerHasItsOwnWordOnVirtualThreads() {
        ApplicationContextRunner telling = runner.withBean(ThreadTeller.class);

        telling.withPropertyValues("spring.threads.virtual.enabled=true", "jobqueue.worker.virtual-threads=false")
                .run(context -> assertThat(runningThread(context)).startsWith("jobqueue-job-"));
        telling.withPropertyValues("jobqueue.worker.virtual-threads=true").run(context -> {
            if (Runtime.version().feature() >= 21) {
                assertThat(runningThread(context)).startsWith("virtual jobqueue-job-");
            } else {
                assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("jobqueue.worker.virtual-threads")
                        .hasStackTraceContaining("need Java 21 or newer");
            }
        });
    }

    @Test
    void customizerHasTheLastWord() {
        AtomicReference<Thread> ranOn = new AtomicReference<>();
        runner.withBean(ThreadTeller.class)
                .withBean(
                        JobEngineBuilderCustomizer.class,
                        () -> builder -> builder.executor(job -> {
                            Thread thread = new Thread(job, "mine");
                            ranOn.set(thread);
                            thread.start();
                        }))
                .run(context -> assertThat(runningThread(context)).isEqualTo("mine"));
    }

    @Test
    void validatorOfTheApplicationChecksPayloads() {
        runner.withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
                .run(context -> assertThat(context).hasSingleBean(PayloadValidator.class));
    }

    @Test
    void startsWithoutBeanValidation() {
        runner.withClassLoader(new FilteredClassLoader("jakarta.validation", "org.hibernate.validator"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(JobQueue.class)
                        .doesNotHaveBean(PayloadValidator.class));
    }

    @Test
    void configuredQueueWithoutHandlerIsWarnedOfWithTheClosestName(CapturedOutput output) {
        runner.withBean(ThreadTeller.class)
                .withPropertyValues("jobqueue.queues.mial.concurrency=2", "jobqueue.queues.mail.concurrency=2")
                .run(context -> assertThat(output)
                        .containsOnlyOnce("jobqueue.queues.mial: has no effect")
                        .contains("did you mean 'mail'?")
                        .doesNotContain("jobqueue.queues.mail:"));
    }

    @Test
    void handlersAttemptsWinOverTheDefaultsAndTheQueuesOverTheHandlers() {
        ApplicationContextRunner configured = runner.withBean(Failing.class)
                .withPropertyValues(
                        "jobqueue.defaults.max-attempts=4",
                        "jobqueue.defaults.backoff.initial=0s",
                        "jobqueue.defaults.backoff.jitter=0");

        configured.run(context -> {
            assertThat(attempts(context, JobRequest.of("plain"))).isEqualTo(4);
            assertThat(attempts(context, JobRequest.of("annotated"))).isEqualTo(2);
        });
        configured.withPropertyValues("jobqueue.queues.mail.max-attempts=3").run(context -> {
            assertThat(attempts(context, JobRequest.of("annotated"))).isEqualTo(3);
            assertThat(attempts(context, JobRequest.of("annotated").maxAttempts(1)))
                    .isEqualTo(1);
        });
    }

    private static int attempts(ApplicationContext context, JobRequest.Builder request) {
        JobQueue jobQueue = context.getBean(JobQueue.class);
        var result = jobQueue.enqueueForResult(request.build(), String.class, Duration.ofSeconds(10));
        assertThat(result).failsWithin(Duration.ofSeconds(10));
        Failing failing = context.getBean(Failing.class);
        int attempts = failing.attempts;
        failing.attempts = 0;
        return attempts;
    }

    private static @org.jspecify.annotations.Nullable String runningThread(ApplicationContext context) {
        return context.getBean(JobQueue.class)
                .enqueueAndWait(JobRequest.of("thread").build(), String.class, Duration.ofSeconds(10));
    }

    record Point(int xValue) {}

    static class ThreadTeller {
        @JobHandler(type = "thread", queue = "mail")
        String tell() {
            Thread thread = Thread.currentThread();
            return (thread.toString().startsWith("VirtualThread") ? "virtual " : "") + thread.getName();
        }
    }

    static class Failing {

        volatile int attempts;

        @JobHandler(type = "plain", queue = "mail")
        void plain(io.jobqueue.JobContext job) {
            attempts = job.attempt();
            throw new IllegalStateException("mailbox full");
        }

        @JobHandler(type = "annotated", queue = "mail", maxAttempts = "2")
        void annotated(io.jobqueue.JobContext job) {
            plain(job);
        }
    }
}
