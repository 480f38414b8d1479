package io.jobqueue.store.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.Dedup;
import io.jobqueue.InvalidJobException;
import io.jobqueue.JobQuery;
import io.jobqueue.JobRequest.IfFailed;
import io.jobqueue.JobState;
import io.jobqueue.LiveWorker;
import io.jobqueue.Placement;
import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.JobLedger;
import io.jobqueue.store.JobOptions;
import io.jobqueue.store.JobPage;
import io.jobqueue.store.JobSpec;
import io.jobqueue.store.NewJob;
import io.jobqueue.store.Partition;
import io.jobqueue.store.StoredJob;
import io.jobqueue.store.WorkerSession;
import io.jobqueue.store.contract.HeldClock;
import io.jobqueue.store.memory.MemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What whoever names a queue in six partitions gets to see of it. */
class DividedQueueTests {

    private static final String QUEUE = "mails";
    private static final Duration KEPT = Duration.ofHours(1);
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final HeldClock clock = new HeldClock();
    private final MemoryStore behind = new MemoryStore(clock);
    private final PartitionedStore store = new PartitionedStore(behind, queue -> 6, System::nanoTime);
    private final JobLedger ledger = store.ledger();

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void pagesOfScheduledJobsComeByDueTimeWhateverTheirPartitions() {
        for (int i = 0; i < 100; i++) {
            enqueue("job-" + i, Duration.ofMinutes(1 + (i * 37) % 100));
        }

        List<StoredJob> read = all(JobState.SCHEDULED, 7);

        assertThat(read).hasSize(100).extracting(StoredJob::dueAt).isSorted();
        assertThat(read).extracting(StoredJob::id).doesNotHaveDuplicates();
    }

    @Test
    void pagesOfWaitingJobsComeByPriorityThenByTimeOfEnqueue() {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            enqueue("job-" + i, Duration.ZERO, i % 2);
            clock.advance(Duration.ofMillis(1));
        }
        IntStream.range(0, 60).filter(i -> i % 2 == 1).forEach(i -> expected.add("job-" + i));
        IntStream.range(0, 60).filter(i -> i % 2 == 0).forEach(i -> expected.add("job-" + i));

        assertThat(all(JobState.WAITING, 7)).extracting(StoredJob::id).containsExactlyElementsOf(expected);
        assertThat(all(JobState.WAITING, 100)).extracting(StoredJob::id).containsExactlyElementsOf(expected);
    }

    @Test
    void searchFindsEveryJobOnce() {
        for (int i = 0; i < 100; i++) {
            enqueue("job-" + i, Duration.ZERO);
        }

        List<StoredJob> found = pages(cursor -> ledger.search(QUEUE, JobQuery.all(), cursor, 7));

        assertThat(found).hasSize(100).extracting(StoredJob::id).doesNotHaveDuplicates();
    }

    @Test
    void cursorOfAnotherQueueIsRefused() {
        for (String cursor : List.of("", "x", "7", "ssssss7", "c9:1sssss", "c-1:sssss", "sssss")) {
            assertThatThrownBy(() -> ledger.list(QUEUE, JobState.WAITING, cursor, 10))
                    .as(cursor)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("begin again without one");
        }
    }

    @Test
    void statesAreAnsweredInTheOrderOfTheIds() {
        enqueue("a", Duration.ZERO);
        enqueue("b", Duration.ofHours(1));
        enqueue("c", Duration.ZERO);
        store.transitions().cancel(QUEUE, "c", KEPT);

        assertThat(ledger.states(QUEUE, List.of("c", "none", "b", "a")))
                .containsExactly(
                        Optional.of(JobState.CANCELLED),
                        Optional.empty(),
                        Optional.of(JobState.SCHEDULED),
                        Optional.of(JobState.WAITING));
        assertThat(store.operations().replay(QUEUE, List.of("a", "c", "none"))).containsExactly(false, true, false);
    }

    @Test
    void drainAndCleanTakeNoMoreThanTheirLimitFromAllPartitions() {
        for (int i = 0; i < 50; i++) {
            enqueue("job-" + i, Duration.ZERO);
        }

        assertThat(store.operations().drain(QUEUE, 20)).isEqualTo(20);
        assertThat(ledger.counts(QUEUE).waiting()).isEqualTo(30);
        assertThat(store.operations().drain(QUEUE, 100)).isEqualTo(30);
        assertThat(store.operations().drain(QUEUE, 100)).isZero();
    }

    @Test
    void obliterateLeavesEverythingWhileAJobRunsAndNothingOtherwise() {
        for (int i = 0; i < 50; i++) {
            enqueue("job-" + i, Duration.ZERO);
        }
        WorkerSession session = session(4, "s", "worker");
        claim(session, 1);

        assertThat(store.operations().obliterate(QUEUE, false)).isFalse();
        assertThat(ledger.counts(QUEUE).waiting()).isEqualTo(49);
        assertThat(store.operations().obliterate(QUEUE, true)).isTrue();
        assertThat(behind.ledger().queues()).isEmpty();
    }

    @Test
    void workersOfOneNameAreAsManyAsTheMostOfAPartition() {
        claim(session(1, "one", "same"), 1);
        claim(session(2, "two", "same"), 1);
        claim(session(2, "three", "same"), 1);
        claim(session(5, "four", "other"), 1);

        assertThat(store.workers().live(QUEUE)).extracting(LiveWorker::name).containsExactly("other", "same", "same");
        assertThat(store.workers().live(QUEUE)).extracting(LiveWorker::queue).containsOnly(QUEUE);
    }

    @Test
    void workerIsPausedInEveryPartition() {
        store.workers().pause(QUEUE, "blue");

        for (Partition partition : store.partitions(QUEUE)) {
            assertThat(behind.workers().paused(partition.name())).containsExactly("blue");
        }
        assertThat(store.workers().paused(QUEUE)).containsExactly("blue");
    }

    @Test
    void idAndDedupKeyOfTwoPartitionsAreRefusedBeforeAnythingIsStored() {
        String id = IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> "id-" + i)
                .filter(some -> Partition.numberFor(some, 6) != Partition.numberFor("key", 6))
                .findFirst()
                .orElseThrow();
        NewJob apart = new NewJob(
                id,
                new JobSpec("type", new byte[0], 0, JobOptions.NONE),
                IfFailed.KEEP,
                Duration.ZERO,
                null,
                Placement.END,
                Dedup.untilTerminal("key"),
                null);

        assertThatThrownBy(() -> store.transitions().enqueue(QUEUE, List.of(job("a", Duration.ZERO, 0), apart)))
                .isInstanceOf(InvalidJobException.class)
                .hasMessageContaining("'key' falls into another of the 6 partitions")
                .hasMessageContaining("leave the id out");
        assertThat(behind.ledger().queues()).isEmpty();
    }

    private void enqueue(String id, Duration delay) {
        enqueue(id, delay, 0);
    }

    private void enqueue(String id, Duration delay, int priority) {
        store.transitions().enqueue(QUEUE, List.of(job(id, delay, priority)));
    }

    private static NewJob job(String id, Duration delay, int priority) {
        JobSpec spec = new JobSpec("type", new byte[0], priority, JobOptions.NONE);
        return new NewJob(id, spec, IfFailed.KEEP, delay, null, null);
    }

    private static WorkerSession session(int number, String id, String worker) {
        return new WorkerSession(new Partition(QUEUE, number, 6).name(), id, worker, LEASE);
    }

    private void claim(WorkerSession session, int most) {
        store.transitions().exchange(new ExchangeRequest(session, List.of(), most, KEPT));
    }

    private List<StoredJob> all(JobState state, int limit) {
        return pages(cursor -> ledger.list(QUEUE, state, cursor, limit));
    }

    private static List<StoredJob> pages(Paging paging) {
        List<StoredJob> all = new ArrayList<>();
        String cursor = null;
        do {
            JobPage page = paging.after(cursor);
            all.addAll(page.jobs());
            cursor = page.next();
        } while (cursor != null);
        return all;
    }

    private interface Paging {
        JobPage after(@Nullable String cursor);
    }
}
