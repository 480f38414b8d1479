package io.jobqueue.spring.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.JobError;
import io.jobqueue.JobId;
import io.jobqueue.JobOutcomes;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.engine.JobEngine;
import io.jobqueue.spring.JobHandler;
import io.jobqueue.spring.JobQueueLifecycle;
import io.jobqueue.spring.autoconfigure.StarterContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;

@ExtendWith(OutputCaptureExtension.class)
class JobQueueEventTests {

    private static final JobId ID = JobId.of("mails", "a");

    private final ApplicationContextRunner runner =
            StarterContext.runner().withBean(Heard.class).withBean(Mails.class);
    private final ApplicationContextRunner everyStep = runner.withPropertyValues("jobqueue.events.enabled=true");

    private static void enqueue(ApplicationContext context, String payload) {
        context.getBean(JobQueue.class)
                .enqueue(JobRequest.of("mail", payload)
                        .id(payload)
                        .queue("mails")
                        .maxAttempts(1)
                        .build());
    }

    @Test
    void deadJobIsPublishedWithoutBeingAskedForAndNothingElseOfAJobIs() {
        runner.run(context -> {
            JobQueue jobQueue = context.getBean(JobQueue.class);
            jobQueue.enqueueAndWait(
                    JobRequest.of("mail", "fine").queue("mails").build(), Void.class, Duration.ofSeconds(20));
            enqueue(context, "bad");

            Heard heard = context.getBean(Heard.class);
            assertThat(heard.next())
                    .isInstanceOfSatisfying(
                            JobDeadEvent.class,
                            dead -> assertThat(dead)
                                    .returns(JobId.of("mails", "bad"), JobDeadEvent::id)
                                    .returns("mail", JobDeadEvent::type)
                                    .returns(
                                            "java.lang.IllegalStateException: broken",
                                            event -> event.error().summary()));
            jobQueue.queue("mails").pause();
            assertThat(heard.next()).isEqualTo(new QueuePausedEvent("mails", null));
        });
    }

    @Test
    void lifeOfAJobIsPublishedWhenItIsAskedFor() {
        everyStep.run(context -> {
            enqueue(context, "a");

            Heard heard = context.getBean(Heard.class);
            assertThat(List.of(heard.next(), heard.next(), heard.next()))
                    .contains(new JobEnqueuedEvent(ID, "mail"))
                    .containsSubsequence(new JobStartedEvent(ID, "mail", 1), new JobCompletedEvent(ID, "mail", 1));
        });
    }

    @Test
    void everyWayToEndARunHasItsEvent() {
        everyStep.run(context -> {
            Heard heard = context.getBean(Heard.class);

            assertThat(endOf(context, heard, "put off")).isInstanceOf(JobReleasedEvent.class);
            assertThat(endOf(context, heard, "given up")).isInstanceOf(JobCancelledEvent.class);
            assertThat(endOf(context, heard, "later")).isInstanceOf(JobRetriedEvent.class);
            assertThat(endOf(context, heard, "bad")).isInstanceOf(JobDeadEvent.class);
        });
    }

    private static JobQueueEvent endOf(ApplicationContext context, Heard heard, String payload) throws Exception {
        context.getBean(JobQueue.class)
                .enqueue(JobRequest.of("mail", payload)
                        .queue("mails")
                        .maxAttempts(payload.equals("later") ? 2 : 1)
                        .build());
        List<JobQueueEvent> events = new ArrayList<>(List.of(heard.next(), heard.next(), heard.next()));
        events.removeIf(event -> event instanceof JobEnqueuedEvent || event instanceof JobStartedEvent);
        assertThat(events).hasSize(1);
        return events.get(0);
    }

    @Test
    void pausesAndTheirEndsArePublished() {
        runner.run(context -> {
            JobQueue jobQueue = context.getBean(JobQueue.class);
            jobQueue.queue("mails").pause("mail");
            jobQueue.queue("mails").resume("mail");
            jobQueue.queue("mails").resume();

            Heard heard = context.getBean(Heard.class);
            assertThat(heard.next()).isEqualTo(new QueuePausedEvent("mails", "mail"));
            assertThat(heard.next()).isEqualTo(new QueueResumedEvent("mails", "mail"));
            assertThat(heard.next()).isEqualTo(new QueueResumedEvent("mails", null));
        });
    }

    @Test
    void listenerThatFailsIsNamedOnceAndHarmsNothing(CapturedOutput output) {
        everyStep.withBean(Hostile.class).run(context -> {
            JobQueue jobQueue = context.getBean(JobQueue.class);
            for (int i = 0; i < 20; i++) {
                jobQueue.enqueueAndWait(
                        JobRequest.of("mail", "a" + i).queue("mails").build(), Void.class, Duration.ofSeconds(20));
            }
            context.getBean(JobQueueEventPublisher.class).stop();

            assertThat(jobQueue.counts("mails").completed()).isEqualTo(20);
            assertThat(output)
                    .containsOnlyOnce("Application listener " + Hostile.class.getName() + ".fail failed with a")
                    .contains("no room for events");
        });
    }

    @Test
    void listenerThatHangsHoldsUpNoJob() {
        everyStep.withBean(Hanging.class).run(context -> {
            JobQueue jobQueue = context.getBean(JobQueue.class);
            for (int i = 0; i < 20; i++) {
                jobQueue.enqueueAndWait(
                        JobRequest.of("mail", "a" + i).queue("mails").build(), Void.class, Duration.ofSeconds(20));
            }

            assertThat(jobQueue.counts("mails").completed()).isEqualTo(20);
            context.getBean(Hanging.class).goOn.countDown();
        });
    }

    @Test
    void whatIsEnqueuedWhileTheApplicationStartsIsHeardToo() {
        everyStep
                .withBean(EagerProducer.class)
                .run(context -> assertThat(context.getBean(Heard.class).next())
                        .isEqualTo(new JobEnqueuedEvent(JobId.of("early", "a"), "mail")));
    }

    @Test
    void lastEventsOfTheWorkersAreHeardBeforeTheContextIsClosed() {
        List<JobQueueEvent> heard = new ArrayList<>();
        everyStep.withPropertyValues("jobqueue.worker.shutdown-timeout=0s").run(context -> {
            Mails mails = context.getBean(Mails.class);
            enqueue(context, "long");
            assertThat(mails.longOneRuns.await(20, TimeUnit.SECONDS)).isTrue();
            context.getSourceApplicationContext().close();

            Heard listener = mails.heard;
            while (!listener.nothingMore()) {
                heard.add(listener.next());
            }
        });

        assertThat(heard).endsWith(new JobReleasedEvent(JobId.of("mails", "long"), "mail", 1));
    }

    @Test
    void publisherStartsBeforeTheWorkersAndStopsAfterThem() {
        runner.run(context -> assertThat(
                        context.getBean(JobQueueEventPublisher.class).getPhase())
                .isLessThan(context.getBean(JobQueueLifecycle.class).getPhase()));
    }

    @Test
    void publisherOfTheApplicationIsUsedInstead() {
        everyStep
                .withBean("own", JobQueueEventPublisher.class, () -> new JobQueueEventPublisher(event -> {}, false))
                .run(context -> assertThat(context).hasSingleBean(JobQueueEventPublisher.class));
    }

    @Test
    void nothingIsPublishedWhenTheJobQueueIsSwitchedOff() {
        runner.withPropertyValues("jobqueue.enabled=false")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(JobEngine.class)
                        .doesNotHaveBean(JobQueueEventPublisher.class));
    }

    @Test
    void eventsShowNoMessageOfAnErrorSinceItMayQuoteThePayload() {
        JobError error = new JobError("java.io.IOException", "no mailbox ada@example.org", "at ada");

        assertThat(new JobDeadEvent(ID, "mail", 3, error))
                .hasToString("JobDeadEvent[id=mails/a, type=mail, attempt=3, error=java.io.IOException]");
        assertThat(new JobRetriedEvent(ID, "mail", 3, error)).asString().doesNotContain("ada");
    }

    static class Mails {

        final CountDownLatch longOneRuns = new CountDownLatch(1);

        @Autowired
        Heard heard = new Heard();

        @JobHandler(value = "mail", queue = "mails")
        void send(String payload) throws InterruptedException {
            switch (payload) {
                case "bad", "later" -> throw new IllegalStateException("broken");
                case "put off" -> throw JobOutcomes.snooze(Duration.ofMinutes(1));
                case "given up" -> throw JobOutcomes.cancel("nobody needs it");
                case "long" -> {
                    longOneRuns.countDown();
                    new CountDownLatch(1).await();
                }
                default -> {}
            }
        }
    }

    static class Hostile {

        @EventListener
        @Order(1)
        void fail(JobStepEvent event) {
            throw new IllegalStateException("no room for events");
        }
    }

    static class Hanging {

        final CountDownLatch goOn = new CountDownLatch(1);

        @EventListener
        void hang(JobStepEvent event) throws InterruptedException {
            goOn.await();
        }
    }

    static class EagerProducer {

        EagerProducer(JobQueue jobQueue) {
            jobQueue.enqueue(JobRequest.of("mail", "a").id("a").queue("early").build());
        }
    }
}
