package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.store.Partition;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeaseEndsTests {

    private final WorkerBench bench = WorkerBench.of(2, (payload, job) -> null);
    private final LeaseEnds ends = new LeaseEnds(List.of(bench.worker.lease()), bench.nanos);

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void leaseIsGivenUpOnTimeThoughTheStoreIsAway() {
        bench.enqueue("a", "b");
        bench.settle();
        Lease lease = bench.worker.lease().current();
        bench.store.refuse();

        bench.clock.advance(WorkerBench.LEASE.minusMillis(1));
        assertThat(ends.poll()).isEqualTo(Duration.ofMillis(1));
        assertThat(lease.isLost()).isFalse();

        bench.clock.advance(Duration.ofMillis(1));
        ends.poll();
        assertThat(lease.isLost()).isTrue();
        assertThat(lease.jobs()).allMatch(RunningJob::isCancelled);
        assertThat(bench.listener.events()).containsExactly("leaseLost 2");
    }

    @Test
    void leaseWithoutClaimsIsLeftAlone() {
        bench.settle();
        Lease lease = bench.worker.lease().current();
        bench.clock.advance(WorkerBench.LEASE.multipliedBy(2));

        ends.poll();

        assertThat(lease.isLost()).isFalse();
        assertThat(bench.listener.events()).isEmpty();
    }

    @Test
    void looksSoonEnoughForClaimsThatAreYetToCome() {
        Duration shortest = Duration.ofMillis(500);
        WorkerLease brief = new WorkerLease(
                new WorkerSetup(
                        Partition.whole("work"),
                        "worker-1",
                        new Slots(1),
                        shortest,
                        WorkerBench.CLAIM_WAIT,
                        Duration.ZERO,
                        Set.of(),
                        Intake.of(List.of()),
                        new OwnReplies(),
                        false,
                        WorkerBench.STUCK_AFTER),
                bench.store.transitions(),
                bench.listener,
                bench.nanos,
                () -> {});

        assertThat(new LeaseEnds(List.of(brief), bench.nanos).poll()).isLessThanOrEqualTo(shortest.dividedBy(2));
    }
}
