package io.jobqueue.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.JobId;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.JobState;
import io.jobqueue.engine.JobEngine;
import io.jobqueue.spring.autoconfigure.StarterContext;
import io.jobqueue.store.JobStore;
import io.jobqueue.store.memory.MemoryStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.SmartLifecycle;

class JobQueueLifecycleTests {

    private final ApplicationContextRunner runner = StarterContext.runner();

    @Test
    void workersRunWhileTheContextDoes() {
        JobEngine[] engine = new JobEngine[1];
        runner.withBean(SlowMails.class).run(context -> {
            engine[0] = context.getBean(JobEngine.class);
            assertThat(engine[0].isRunning()).isTrue();
        });
        assertThat(engine[0].isRunning()).isFalse();
    }

    @Test
    void workersStopBeforeTheWebServer() {
        runner.run(
                context -> assertThat(context.getBean(JobQueueLifecycle.class).getPhase())
                        .isEqualTo(SmartLifecycle.DEFAULT_PHASE - 100));
    }

    @Test
    void workersWaitToBeStartedByHand() {
        runner.withPropertyValues("jobqueue.worker.auto-startup=false").run(context -> {
            assertThat(context.getBean(JobEngine.class).isRunning()).isFalse();
            context.getBean(JobQueueLifecycle.class).start();
            assertThat(context.getBean(JobEngine.class).isRunning()).isTrue();
        });
    }

    @Test
    void producerOnlyProcessRunsNothingButKnowsTheQueuesOfItsHandlers() {
        runner.withPropertyValues("jobqueue.worker.enabled=false")
                .withBean(SlowMails.class)
                .run(context -> {
                    assertThat(context).doesNotHaveBean(JobQueueLifecycle.class);
                    assertThat(context.getBean(JobEngine.class).isRunning()).isFalse();
                    JobId id = context.getBean(JobQueue.class)
                            .enqueue(JobRequest.of("slow").build())
                            .id();
                    assertThat(id.queue()).isEqualTo("slow-queue");
                });
    }

    @Test
    void stopWaitsForTheRunningJobAndHoldsUpNobodyElse() {
        MemoryStore store = new MemoryStore();
        SlowMails mails = new SlowMails();
        List<JobId> enqueued = new ArrayList<>();

        runner.withBean("ownStore", JobStore.class, () -> store, definition -> definition.setDestroyMethodName(""))
                .withBean(SlowMails.class, () -> mails)
                .withBean("zReleaser", Releaser.class, () -> new Releaser(mails.released))
                .run(context -> {
                    enqueued.add(context.getBean(JobQueue.class)
                            .enqueue(JobRequest.of("slow").build())
                            .id());
                    assertThat(mails.started.await(10, TimeUnit.SECONDS)).isTrue();
                });

        assertThat(mails.ended.getCount()).isZero();
        assertThat(store.ledger().find("slow-queue", enqueued.get(0).value()))
                .hasValueSatisfying(job -> assertThat(job.state()).isEqualTo(JobState.COMPLETED));
    }

    @Test
    @Timeout(20)
    void jobThatOutlivesTheShutdownTimeoutIsGivenBack() {
        MemoryStore store = new MemoryStore();
        List<JobId> enqueued = new ArrayList<>();

        runner.withBean("ownStore", JobStore.class, () -> store, definition -> definition.setDestroyMethodName(""))
                .withBean(SlowMails.class)
                .withPropertyValues("jobqueue.worker.shutdown-timeout=100ms")
                .run(context -> {
                    enqueued.add(context.getBean(JobQueue.class)
                            .enqueue(JobRequest.of("slow").build())
                            .id());
                    assertThat(context.getBean(SlowMails.class).started.await(10, TimeUnit.SECONDS))
                            .isTrue();
                });

        assertThat(store.ledger().find("slow-queue", enqueued.get(0).value()))
                .hasValueSatisfying(job -> assertThat(job.state()).isEqualTo(JobState.WAITING));
    }

    @Test
    void jobsAreEnqueuedUntilTheBeansAreDestroyed() {
        List<JobId> enqueued = Collections.synchronizedList(new ArrayList<>());
        runner.withBean(LastWords.class, enqueued)
                .run(context -> assertThat(enqueued).isEmpty());
        assertThat(enqueued).hasSize(1);
    }

    @Test
    void stopCallsBackAlsoWhenTheEngineIsAlreadyStopped() {
        runner.run(context -> {
            JobQueueLifecycle lifecycle = context.getBean(JobQueueLifecycle.class);
            for (int i = 0; i < 2; i++) {
                CountDownLatch calledBack = new CountDownLatch(1);
                lifecycle.stop(calledBack::countDown);
                assertThat(calledBack.await(10, TimeUnit.SECONDS)).isTrue();
            }
        });
    }

    static class SlowMails {

        final CountDownLatch started = new CountDownLatch(1);
        final CountDownLatch released = new CountDownLatch(1);
        final CountDownLatch ended = new CountDownLatch(1);

        @JobHandler(type = "slow", queue = "slow-queue")
        void send() throws InterruptedException {
            started.countDown();
            released.await();
            ended.countDown();
        }
    }

    /** Lets the job end when its own turn to stop comes, in the phase of the workers. */
    static class Releaser implements SmartLifecycle {

        private final CountDownLatch released;
        private volatile boolean running;

        Releaser(CountDownLatch released) {
            this.released = released;
        }

        @Override
        public void start() {
            running = true;
        }

        @Override
        public void stop() {
            released.countDown();
            running = false;
        }

        @Override
        public boolean isRunning() {
            return running;
        }

        @Override
        public int getPhase() {
            return SmartLifecycle.DEFAULT_PHASE - 100;
        }
    }

    static class LastWords implements DisposableBean {

        private final JobQueue jobQueue;
        private final List<JobId> enqueued;

        LastWords(JobQueue jobQueue, List<JobId> enqueued) {
            this.jobQueue = jobQueue;
            this.enqueued = enqueued;
        }

        @Override
        public void destroy() {
            enqueued.add(jobQueue.enqueue(JobRequest.of("farewell").build()).id());
        }
    }
}
