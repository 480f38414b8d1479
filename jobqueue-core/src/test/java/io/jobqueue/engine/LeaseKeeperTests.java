package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.JobId;
import io.jobqueue.JobState;
import io.jobqueue.StoreUnavailableException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LeaseKeeperTests {

    private static LeaseKeeper keeper(WorkerBench bench) {
        return new LeaseKeeper(bench.worker.lease(), bench.store.transitions(), bench.nanos);
    }

    private static long untilEnd(WorkerBench bench) {
        return bench.worker.lease().current().untilEnd(bench.nanos.getAsLong());
    }

    @Test
    void renewsThreeTimesALease() {
        try (WorkerBench bench = WorkerBench.of(1, (payload, job) -> null)) {
            bench.enqueue("a");
            bench.settle();
            LeaseKeeper keeper = keeper(bench);

            for (int i = 0; i < 30; i++) {
                assertThat(keeper.poll()).isEqualTo(Duration.ofSeconds(10));
                bench.clock.advance(Duration.ofSeconds(10));
            }
            bench.work();

            assertThat(bench.job("a").state()).isEqualTo(JobState.COMPLETED);
        }
    }

    @Test
    void claimlessSessionIsNotRenewed() {
        try (WorkerBench bench = WorkerBench.of(1, (payload, job) -> null)) {
            bench.settle();

            keeper(bench).poll();

            assertThat(bench.store.calls("renew")).isZero();
        }
    }

    @Test
    void unsettledOutcomeIsAReasonToRenew() {
        try (WorkerBench bench = WorkerBench.of(1, (payload, job) -> null)) {
            bench.enqueue("a");
            bench.settle();
            bench.executor.runAll();

            keeper(bench).poll();

            assertThat(bench.store.calls("renew")).isEqualTo(1);
        }
    }

    @Test
    void deadlineCountsFromBeforeTheCall() {
        try (WorkerBench bench = WorkerBench.of(1, (payload, job) -> null)) {
            bench.enqueue("a");
            bench.settle();
            bench.clock.advance(Duration.ofSeconds(10));
            bench.store.afterEveryCall(() -> bench.clock.advance(Duration.ofSeconds(3)));

            keeper(bench).poll();

            assertThat(untilEnd(bench)).isEqualTo(Duration.ofSeconds(27).toNanos());
        }
    }

    @Test
    void failedRenewalLeavesTheDeadline() {
        try (WorkerBench bench = WorkerBench.of(1, (payload, job) -> null)) {
            bench.enqueue("a");
            bench.settle();
            bench.clock.advance(Duration.ofSeconds(10));
            bench.store.dropReplies();

            assertThatThrownBy(keeper(bench)::poll).isInstanceOf(StoreUnavailableException.class);

            assertThat(untilEnd(bench)).isEqualTo(Duration.ofSeconds(20).toNanos());
        }
    }

    @Test
    void refusedRenewalLosesTheLease() {
        try (WorkerBench bench = WorkerBench.of(2, (payload, job) -> null)) {
            bench.enqueue("a", "b");
            bench.settle();
            Lease lease = bench.worker.lease().current();
            bench.clock.advance(WorkerBench.LEASE);

            keeper(bench).poll();
            keeper(bench).poll();

            assertThat(lease.isLost()).isTrue();
            assertThat(lease.jobs()).allMatch(RunningJob::isCancelled);
            assertThat(bench.listener.events()).containsExactly("leaseLost 2");
        }
    }

    @Test
    void renewalBringsRequestsToCancel() {
        try (WorkerBench bench = WorkerBench.of(2, (payload, job) -> null)) {
            bench.enqueue("a", "b");
            bench.settle();
            bench.queue.cancel(JobId.of(WorkerBench.QUEUE, "b"));

            keeper(bench).poll();
            bench.work();

            assertThat(bench.job("a").state()).isEqualTo(JobState.COMPLETED);
            assertThat(bench.job("b").state()).isEqualTo(JobState.CANCELLED);
        }
    }
}
