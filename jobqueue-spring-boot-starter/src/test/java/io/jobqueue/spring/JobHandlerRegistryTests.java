package io.jobqueue.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.JobState;
import io.jobqueue.engine.HandlerDefinition;
import io.jobqueue.spring.autoconfigure.JobEngineBuilderCustomizer;
import io.jobqueue.spring.autoconfigure.StartFailure;
import io.jobqueue.spring.autoconfigure.StarterContext;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class JobHandlerRegistryTests {

    private final ApplicationContextRunner runner = StarterContext.runner()
            .withPropertyValues("my.concurrency=2", "my.start=false", "jobqueue.worker.claim-wait=60s")
            .withBean(Mails.class);

    @Test
    void handlersAreShownWithTheirAttributes() {
        runner.run(context -> assertThat(
                        context.getBean(JobHandlerRegistry.class).handlers())
                .extracting(handler -> handler.id() + " " + handler.type() + " " + handler.queue() + " "
                        + handler.concurrency() + " " + handler.paused())
                .containsExactlyInAnyOrder("mails welcome-mail mails 2 false", "held reminder default null true"));
    }

    @Test
    void handlerWithoutAnIdIsGivenOne() {
        StarterContext.runner().withBean(Nameless.class).run(context -> {
            JobHandlerRegistry registry = context.getBean(JobHandlerRegistry.class);
            assertThat(registry.handler("jobHandler#0").type()).isEqualTo("nameless");
            assertThat(registry.handler("jobHandler#0").origin())
                    .startsWith(Nameless.class.getName() + ".handle() of bean '");
        });
    }

    @Test
    void handlerThatACustomizerAddsIsShownAsWell() {
        JobEngineBuilderCustomizer adding = builder ->
                builder.handler(HandlerDefinition.of("added", "work", String.class, (payload, job) -> payload));
        runner.withBean(JobEngineBuilderCustomizer.class, () -> adding)
                .run(context -> assertThat(context.getBean(JobHandlerRegistry.class)
                                .handler("jobHandler#0")
                                .type())
                        .isEqualTo("added"));
    }

    @Test
    void twoHandlersOfOneIdAreRefused() {
        StarterContext.runner().withBean(Twins.class).run(context -> {
            FailureAnalysis analysis = StartFailure.analysisOf(context);
            assertThat(analysis.getDescription()).contains("the id 'twin' is that of two handlers", ".one()", ".two()");
            assertThat(analysis.getAction()).contains("another id");
        });
    }

    @Test
    void unknownIdIsAnsweredWithTheOnesThereAre() {
        runner.run(context -> {
            JobHandlerRegistry registry = context.getBean(JobHandlerRegistry.class);
            assertThatThrownBy(() -> registry.pause("mail"))
                    .isInstanceOf(NoSuchElementException.class)
                    .hasMessageContaining("no handler has the id 'mail'; the ids are [")
                    .hasMessageContaining("mails")
                    .hasMessageContaining("held");
            assertThatThrownBy(() -> registry.resume("mail")).isInstanceOf(NoSuchElementException.class);
            assertThatThrownBy(() -> registry.handler("mail")).isInstanceOf(NoSuchElementException.class);
        });
    }

    @Test
    void handlerThatDoesNotStartByItselfRunsWhenItIsResumed() {
        runner.run(context -> {
            JobQueue jobQueue = context.getBean(JobQueue.class);
            var id = jobQueue.enqueue(JobRequest.of("reminder").build()).id();
            assertThat(context.getBean(Mails.class).reminded.await(200, TimeUnit.MILLISECONDS))
                    .isFalse();
            assertThat(jobQueue.find(id))
                    .hasValueSatisfying(job -> assertThat(job.state()).isEqualTo(JobState.WAITING));

            context.getBean(JobHandlerRegistry.class).resume("held");

            assertThat(context.getBean(Mails.class).reminded.await(20, TimeUnit.SECONDS))
                    .isTrue();
        });
    }

    @Test
    void pausedHandlerIsShownAndClaimsNothing() {
        runner.run(context -> {
            JobHandlerRegistry registry = context.getBean(JobHandlerRegistry.class);
            registry.pause("mails");
            registry.pause("mails");
            assertThat(registry.handler("mails").paused()).isTrue();

            context.getBean(JobQueue.class).enqueue("welcome-mail", new WelcomeMail("ada"));

            assertThat(context.getBean(Mails.class).sent.await(200, TimeUnit.MILLISECONDS))
                    .isFalse();
            registry.resume("mails");
            assertThat(registry.handler("mails").paused()).isFalse();
            String result = context.getBean(JobQueue.class)
                    .enqueueAndWait(
                            JobRequest.of("welcome-mail", new WelcomeMail("bob"))
                                    .build(),
                            String.class,
                            Duration.ofSeconds(20));
            assertThat(result).isEqualTo("sent");
        });
    }

    static class Mails {

        final CountDownLatch sent = new CountDownLatch(1);
        final CountDownLatch reminded = new CountDownLatch(1);

        @JobHandler(type = "welcome-mail", queue = "mails", concurrency = "${my.concurrency}", id = "mails")
        String send(WelcomeMail mail) {
            sent.countDown();
            return "sent";
        }

        @JobHandler(type = "reminder", autoStartup = "${my.start}", id = "held")
        void remind() {
            reminded.countDown();
        }
    }

    static class Nameless {
        @JobHandler("nameless")
        void handle() {}
    }

    static class Twins {
        @JobHandler(type = "one", id = "twin")
        void one() {}

        @JobHandler(type = "two", id = "twin")
        void two() {}
    }
}
