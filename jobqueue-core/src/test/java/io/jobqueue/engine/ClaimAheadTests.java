package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.JobState;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClaimAheadTests {

    private static final Duration CALL = Duration.ofMillis(4);

    private Duration run = Duration.ofMillis(1);

    /** One slot, calls of four milliseconds, and runs as long as the test says. */
    private WorkerBench bench() {
        WorkerBench[] bench = new WorkerBench[1];
        bench[0] = WorkerBench.of(1, (payload, job) -> {
            bench[0].clock.advance(run);
            return payload;
        });
        bench[0].store.afterEveryCall(() -> bench[0].clock.advance(CALL));
        return bench[0];
    }

    private static void enqueue(WorkerBench bench, int jobs) {
        for (int i = 0; i < jobs; i++) {
            bench.enqueue("job-" + i);
        }
    }

    private static List<JobState> states(WorkerBench bench, int jobs) {
        return IntStream.range(0, jobs)
                .mapToObj(i -> bench.job("job-" + i).state())
                .toList();
    }

    @Test
    void nothingIsClaimedAheadBeforeARunHasEnded() {
        try (WorkerBench bench = bench()) {
            enqueue(bench, 3);

            bench.settle();

            assertThat(states(bench, 3)).containsExactly(JobState.ACTIVE, JobState.WAITING, JobState.WAITING);
        }
    }

    @Test
    void asManyAreClaimedAheadAsEndDuringOneCall() {
        try (WorkerBench bench = bench()) {
            enqueue(bench, 10);
            bench.settle();
            bench.executor.runNext();

            bench.settle();

            assertThat(states(bench, 10).stream().filter(JobState.ACTIVE::equals))
                    .hasSize(1 + 4);
        }
    }

    @Test
    void oneThreadRunsWhatWasClaimedAheadInOrderAndInItsSlot() {
        try (WorkerBench bench = bench()) {
            enqueue(bench, 6);
            bench.settle();
            bench.executor.runNext();
            bench.settle();

            assertThat(bench.executor.size()).isEqualTo(1);
            assertThat(bench.worker.slots().busy()).isEqualTo(1);
            bench.executor.runNext();

            assertThat(bench.worker.slots().busy()).isZero();
            bench.worker.poll();
            assertThat(states(bench, 6)).containsOnly(JobState.COMPLETED);
        }
    }

    @Test
    void runsAsLongAsSecondsEarnNothingAhead() {
        try (WorkerBench bench = bench()) {
            run = Duration.ofSeconds(1);
            enqueue(bench, 10);
            bench.settle();
            bench.executor.runNext();

            bench.settle();

            assertThat(states(bench, 10).stream().filter(JobState.ACTIVE::equals))
                    .hasSize(1);
        }
    }

    @Test
    void whatHasWaitedTooLongIsHandedBackUncharged() {
        try (WorkerBench bench = bench()) {
            enqueue(bench, 5);
            bench.settle();
            bench.executor.runNext();
            bench.settle();

            bench.clock.advance(ClaimAhead.PATIENCE);
            bench.settle();

            assertThat(states(bench, 5))
                    .containsExactly(
                            JobState.COMPLETED, JobState.ACTIVE, JobState.WAITING, JobState.WAITING, JobState.WAITING);
            assertThat(bench.job("job-2").attempts()).isZero();
        }
    }

    @Test
    void jobThatIsGivenUpBeforeItBeginsCountsAsStuckNowhere() {
        try (WorkerBench bench = bench();
                LogLines log = new LogLines()) {
            enqueue(bench, 3);
            bench.settle();
            bench.executor.runNext();
            bench.settle();
            RunningJob ahead = bench.worker.lease().current().jobs().stream()
                    .filter(job -> job.id().value().equals("job-2"))
                    .findFirst()
                    .orElseThrow();
            ahead.halt(Halt.CANCEL_REQUESTED);

            bench.worker.runs().giveUp(ahead);
            bench.clock.advance(ClaimAhead.PATIENCE);
            bench.settle();

            assertThat(bench.worker.runs().stuck()).isZero();
            assertThat(log.messages()).isEmpty();
            assertThat(states(bench, 3)).containsExactly(JobState.COMPLETED, JobState.ACTIVE, JobState.CANCELLED);
        }
    }

    @Test
    void stoppingHandsBackAtOnceWhatHasNotBegun() {
        try (WorkerBench bench = bench()) {
            enqueue(bench, 5);
            bench.settle();
            bench.executor.runNext();
            bench.settle();

            bench.worker.drain();
            bench.settle();

            assertThat(states(bench, 5))
                    .containsExactly(
                            JobState.COMPLETED, JobState.ACTIVE, JobState.WAITING, JobState.WAITING, JobState.WAITING);
        }
    }
}
