package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.JobError;
import io.jobqueue.JobId;
import io.jobqueue.JobRequest;
import io.jobqueue.JobSnapshot;
import io.jobqueue.JobState;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimeoutsTests {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    @AfterEach
    void endThreads() {
        release.countDown();
        threads.shutdownNow();
    }

    private WorkerBench stuckUntilReleased() {
        return WorkerBench.of(
                1,
                task -> threads.execute(() -> {
                    task.run();
                    ended.countDown();
                }),
                QueueSettings.NONE,
                (payload, job) -> {
                    running.countDown();
                    boolean released = false;
                    while (!released) {
                        try {
                            released = release.await(1, TimeUnit.MINUTES);
                        } catch (InterruptedException e) {
                            released = false; // a handler that does not listen
                        }
                    }
                    return "late";
                });
    }

    private static JobRequest.Builder limited(Duration timeout) {
        return JobRequest.of("type", "a").id("a").timeout(timeout);
    }

    @Test
    void timedOutJobIsSettledWhenItsHandlerHasEnded() throws InterruptedException {
        try (WorkerBench bench = stuckUntilReleased()) {
            bench.enqueue(limited(Duration.ofSeconds(2)));
            bench.settle();
            assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();

            bench.clock.advance(Duration.ofSeconds(2));
            bench.timeouts.poll();
            bench.settle();
            assertThat(bench.job("a").state()).isEqualTo(JobState.ACTIVE);

            release.countDown();
            assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
            bench.settle();
            assertThat(bench.job("a"))
                    .returns(JobState.SCHEDULED, JobSnapshot::state)
                    .returns(1, JobSnapshot::attempts)
                    .returns(null, JobSnapshot::outcome);
            assertThat(Objects.requireNonNull(bench.job("a").error()).type()).isEqualTo(JobError.TIMEOUT);
            assertThat(bench.worker.runs().stuck()).isZero();
            assertThat(bench.listener.events()).containsExactly("started 0", "RETRIED 2000");
        }
    }

    @Test
    void deafHandlerHoldsItsJobForTheGraceAndItsSlotUntilItReturns() throws InterruptedException {
        try (LogLines log = new LogLines();
                WorkerBench bench = stuckUntilReleased()) {
            bench.enqueue(limited(Duration.ofSeconds(2)));
            bench.settle();
            assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
            bench.timeouts.poll();
            assertThat(bench.job("a").state()).isEqualTo(JobState.ACTIVE);

            bench.clock.advance(Duration.ofSeconds(2));
            assertThat(bench.timeouts.poll()).isEqualTo(Duration.ofSeconds(2)); // the longest wait
            bench.clock.advance(WorkerBench.GRACE.minusMillis(1));
            bench.timeouts.poll();
            bench.settle();
            assertThat(bench.job("a").state()).isEqualTo(JobState.ACTIVE);
            assertThat(bench.worker.runs().stuck()).isZero();

            bench.clock.advance(Duration.ofMillis(1));
            bench.timeouts.poll();
            bench.settle();

            assertThat(bench.worker.runs().stuck()).isEqualTo(1);
            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .contains("Job work/a: attempt 1 is over (TIMEOUT)", TimeoutsTests.class.getName());
            assertThat(bench.job("a"))
                    .returns(JobState.SCHEDULED, JobSnapshot::state)
                    .returns(1, JobSnapshot::attempts);
            assertThat(Objects.requireNonNull(bench.job("a").error()).type()).isEqualTo(JobError.TIMEOUT);
            assertThat(bench.worker.slots().busy()).isEqualTo(1);

            release.countDown();
            assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
            bench.settle();
            assertThat(bench.worker.slots().busy()).isZero();
            assertThat(bench.worker.runs().stuck()).isZero();
            assertThat(bench.job("a").state()).isEqualTo(JobState.SCHEDULED);
            assertThat(bench.listener.events()).containsExactly("started 0", "RETRIED 7000");
        }
    }

    @Test
    void cancelledJobOfADeafHandlerEndsAfterTheGrace() throws InterruptedException {
        try (WorkerBench bench = stuckUntilReleased()) {
            bench.enqueue(JobRequest.of("type", "a").id("a"));
            bench.settle();
            assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
            bench.queue.cancel(JobId.of(WorkerBench.QUEUE, "a"));
            new LeaseKeeper(bench.worker.lease(), bench.store.transitions(), bench.nanos).poll();

            bench.timeouts.poll();
            bench.settle();
            assertThat(bench.job("a").state()).isEqualTo(JobState.ACTIVE);

            bench.clock.advance(WorkerBench.GRACE);
            bench.timeouts.poll();
            bench.settle();
            assertThat(bench.job("a").state()).isEqualTo(JobState.CANCELLED);
            assertThat(bench.worker.runs().stuck()).isEqualTo(1);
        }
    }

    @Test
    void stopChargesTheTimeoutOfAHandlerThatDoesNotEnd() throws InterruptedException {
        try (WorkerBench bench = stuckUntilReleased()) {
            bench.enqueue(limited(Duration.ofSeconds(2)));
            bench.settle();
            assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
            bench.clock.advance(Duration.ofSeconds(2));
            bench.timeouts.poll();

            bench.worker.runs().interruptAll();
            bench.worker.runs().releaseAll();
            bench.settle();

            assertThat(bench.job("a"))
                    .returns(JobState.SCHEDULED, JobSnapshot::state)
                    .returns(1, JobSnapshot::attempts);
        }
    }

    @Test
    void timeoutInterruptsTheHandler() throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);
        try (WorkerBench bench = WorkerBench.of(1, threads, QueueSettings.NONE, (payload, job) -> {
            running.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return null;
        })) {
            bench.enqueue(limited(Duration.ofSeconds(2)));
            bench.settle();
            assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();

            bench.clock.advance(Duration.ofSeconds(2));
            bench.timeouts.poll();

            assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void looksAgainWhenTheEarliestTimeoutComes() throws InterruptedException {
        try (WorkerBench bench = stuckUntilReleased()) {
            bench.enqueue(limited(Duration.ofSeconds(2)));
            bench.settle();
            assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();

            assertThat(bench.timeouts.poll()).isEqualTo(Duration.ofSeconds(2));
        }
    }

    @Test
    void shorterTimeoutWakesTheLoop() {
        try (WorkerBench bench = WorkerBench.of(1, (payload, job) -> null)) {
            bench.timeouts.poll();

            bench.timeouts.begun(Duration.ofDays(1));
            assertThat(bench.timeoutWakes).hasValue(0);

            bench.timeouts.begun(Duration.ofMillis(100));
            assertThat(bench.timeoutWakes).hasValue(1);
        }
    }

    @Test
    void jobThatEndsInTimeIsLeftAlone() {
        try (WorkerBench bench = WorkerBench.of(1, (payload, job) -> null)) {
            bench.enqueue(limited(Duration.ofSeconds(2)));
            bench.work();

            bench.clock.advance(Duration.ofSeconds(3));
            bench.timeouts.poll();

            assertThat(bench.job("a").state()).isEqualTo(JobState.COMPLETED);
        }
    }
}
