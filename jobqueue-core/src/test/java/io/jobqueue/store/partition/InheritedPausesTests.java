package io.jobqueue.store.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.JobRequest.IfFailed;
import io.jobqueue.store.Claim;
import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.JobOptions;
import io.jobqueue.store.JobSpec;
import io.jobqueue.store.NewJob;
import io.jobqueue.store.Partition;
import io.jobqueue.store.WorkerSession;
import io.jobqueue.store.memory.MemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is paused when the number of partitions changes stays paused. */
class InheritedPausesTests {

    private static final String QUEUE = "mails";
    private static final String TYPE = "type";
    private static final Duration KEPT = Duration.ofHours(1);

    private final AtomicLong nanos = new AtomicLong();
    private final MemoryStore behind = new MemoryStore();
    private final PartitionedStore whole = new PartitionedStore(behind, queue -> 1, nanos::get);
    private final PartitionedStore six = new PartitionedStore(behind, queue -> 6, nanos::get);

    @AfterEach
    void close() {
        behind.close();
    }

    @Test
    void queueStaysPausedUntilItIsResumed() {
        enqueue(whole, 1);
        whole.operations().pause(QUEUE, null);
        enqueue(six, 60);

        assertThat(claimed(six, "blue")).isEmpty();
        assertThat(six.ledger().overview(QUEUE).paused()).isTrue();
        whole.operations().resume(QUEUE, null);

        assertThat(claimed(six, "blue")).hasSize(61);
    }

    @Test
    void typeStaysPaused() {
        enqueue(whole, 1);
        whole.operations().pause(QUEUE, TYPE);
        whole.operations().pause(QUEUE, "another");
        enqueue(six, 60);

        assertThat(claimed(six, "blue")).isEmpty();
        assertThat(behind.operations().pausedTypes("4/6\t" + QUEUE)).containsExactlyInAnyOrder(TYPE, "another");
    }

    @Test
    void workerStaysPausedAndOthersWork() {
        enqueue(whole, 1);
        whole.workers().pause(QUEUE, "blue");
        enqueue(six, 60);

        assertThat(claimed(six, "blue")).isEmpty();
        assertThat(claimed(six, "green")).hasSize(61);
    }

    @Test
    void pauseOfManyPartitionsHoldsInOne() {
        enqueue(six, 60);
        six.operations().pause(QUEUE, null);
        enqueue(whole, 1);

        assertThat(claimed(whole, "blue")).isEmpty();
    }

    @Test
    void partitionsThatNobodyHasUsedAreLeftAloneAndNotClaimedFrom() {
        enqueue(whole, 1);
        whole.operations().pause(QUEUE, null);
        assertThat(claimed(six, "blue")).isEmpty();
        for (Partition partition : Partition.of(QUEUE, 6)) {
            assertThat(behind.operations().isPaused(partition.name())).isFalse();
        }

        whole.operations().resume(QUEUE, null);
        enqueue(six, 60);

        assertThat(claimed(six, "blue")).hasSize(61);
    }

    @Test
    void pauseIsTakenOverOnceSoThatItCanBeEndedInOnePartition() {
        enqueue(whole, 1);
        whole.operations().pause(QUEUE, null);
        enqueue(six, 60);
        assertThat(claimed(six, "blue")).isEmpty();

        behind.operations().resume("4/6\t" + QUEUE, null);

        assertThat(claimed(six, "blue")).isNotEmpty();
    }

    private static void enqueue(PartitionedStore store, int count) {
        JobSpec spec = new JobSpec(TYPE, new byte[0], 0, JobOptions.NONE);
        IntStream.range(0, count)
                .mapToObj(i -> new NewJob(
                        "job-" + i + "-" + store.currentPartitions(QUEUE).size(),
                        spec,
                        IfFailed.KEEP,
                        Duration.ZERO,
                        null,
                        null))
                .forEach(job -> store.transitions().enqueue(QUEUE, List.of(job)));
    }

    /** Claims from every partition what there is, when every process has seen which there are. */
    private List<Claim> claimed(PartitionedStore store, String worker) {
        nanos.addAndGet(Duration.ofSeconds(11).toNanos());
        List<Claim> claims = new ArrayList<>();
        for (Partition partition : store.partitions(QUEUE)) {
            WorkerSession session =
                    new WorkerSession(partition.name(), "session-" + worker, worker, Duration.ofSeconds(30));
            claims.addAll(store.transitions()
                    .exchange(new ExchangeRequest(session, List.of(), 100, KEPT, Set.of()))
                    .claims());
        }
        return claims;
    }
}
