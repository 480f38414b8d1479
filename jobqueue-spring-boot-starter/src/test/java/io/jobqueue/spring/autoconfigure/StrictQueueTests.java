package io.jobqueue.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.engine.JobSettings;
import io.jobqueue.engine.QueueSettings;
import io.jobqueue.spring.JobHandler;
import io.jobqueue.store.memory.MemoryStore;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class StrictQueueTests {

    private final ApplicationContextRunner lenient = StarterContext.runner().withBean(Mails.class);
    private final ApplicationContextRunner strict = lenient.withPropertyValues("jobqueue.worker.strict-queues=true");

    @Test
    void configuredQueuesWithHandlersStart() {
        strict.withPropertyValues("jobqueue.queues.mails.concurrency=2")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void handlerOfAQueueThatNobodyConfiguresStopsTheStart() {
        strict.run(context -> {
            FailureAnalysis analysis = StartFailure.analysisOf(context);
            assertThat(analysis.getDescription())
                    .contains("Mails.send() of bean")
                    .endsWith("claims from the queue 'mails', which is not configured");
            assertThat(analysis.getAction())
                    .contains("jobqueue.worker.strict-queues")
                    .contains("jobqueue.queues.<name>.concurrency");
        });
    }

    @Test
    void misspelledQueueIsNamedFromBothSidesWithTheClosestName() {
        strict.withPropertyValues("jobqueue.queues.mials.concurrency=2")
                .run(context -> assertThat(StartFailure.analysisOf(context)
                                .getDescription()
                                .lines())
                        .satisfiesExactly(
                                first -> assertThat(first)
                                        .startsWith("jobqueue.queues.mials: has no effect")
                                        .endsWith("did you mean 'mails'?"),
                                second -> assertThat(second)
                                        .contains("claims from the queue 'mails', which is not configured")
                                        .endsWith("did you mean 'mials'?")));
    }

    @Test
    void queueThatOthersWorkOffMayBeConfiguredForEnqueueing(CapturedOutput output) {
        String[] enqueued = {
            "jobqueue.queues.mails.concurrency=2",
            "jobqueue.queues.invoices.order=lifo",
            "jobqueue.queues.reports.durability-timeout=3s"
        };
        strict.withPropertyValues(enqueued).run(context -> assertThat(context).hasNotFailed());
        lenient.withPropertyValues(enqueued).run(context -> assertThat(context).hasNotFailed());

        assertThat(output).doesNotContain("has no effect");
    }

    @Test
    void configuredQueueWithoutHandlerStopsTheStart() {
        strict.withPropertyValues("jobqueue.queues.mails.concurrency=2", "jobqueue.queues.[Order.Events].concurrency=2")
                .run(context -> assertThat(StartFailure.analysisOf(context).getDescription())
                        .startsWith("jobqueue.queues[Order.Events]: has no effect")
                        .doesNotContain("'mails'"));
    }

    @Test
    void noJobIsClaimedBeforeTheStartIsRefused() {
        MemoryStore store = new MemoryStore(InstantSource.system());
        strict.withBean(MemoryStore.class, () -> store, definition -> definition.setDestroyMethodName(""))
                .withBean(EagerProducer.class)
                .run(context -> {
                    assertThat(context).hasFailed();
                    assertThat(store.ledger().counts("mails").waiting()).isEqualTo(1);
                });
    }

    @Test
    void queueThatIsConfiguredInCodeIsConfigured() {
        strict.withBean(
                        JobEngineBuilderCustomizer.class,
                        () -> builder -> builder.queue("mails", new QueueSettings(2, null, JobSettings.NONE)))
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void defaultQueueNeedsNoConfiguration() {
        StarterContext.runner()
                .withPropertyValues("jobqueue.worker.strict-queues=true")
                .withBean(Greeter.class)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void processThatOnlyEnqueuesIsNotChecked() {
        StarterContext.runner()
                .withPropertyValues(
                        "jobqueue.worker.strict-queues=true",
                        "jobqueue.worker.enabled=false",
                        "jobqueue.queues.mails.concurrency=2")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void startIsRefusedThoughTheWorkersWouldStartLater() {
        strict.withPropertyValues("jobqueue.worker.auto-startup=false")
                .run(context -> assertThat(context).hasFailed());
    }

    @Test
    void withoutItHandlersNeedNoConfigurationAndOrphansAreAWarning(CapturedOutput output) {
        lenient.withPropertyValues("jobqueue.queues.mials.concurrency=2").run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(output)
                    .containsOnlyOnce("jobqueue.queues.mials: has no effect")
                    .doesNotContain("which is not configured");
        });
    }

    static class Mails {
        @JobHandler(type = "mail", queue = "mails")
        void send() {}
    }

    static class Greeter {
        @JobHandler("greet")
        void greet() {}
    }

    static class EagerProducer {
        EagerProducer(JobQueue jobQueue) {
            jobQueue.enqueue(JobRequest.of("mail").queue("mails").build());
        }
    }
}
