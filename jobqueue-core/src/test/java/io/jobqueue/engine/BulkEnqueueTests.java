package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.DamagedStoreException;
import io.jobqueue.EnqueueUnknownException;
import io.jobqueue.Enqueued;
import io.jobqueue.Enqueued.Status;
import io.jobqueue.JobId;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.store.Partition;
import io.jobqueue.store.memory.MemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many jobs in one call, in a queue of several partitions. */
class BulkEnqueueTests {

    private static final String QUEUE = "mails";
    private static final int PARTITIONS = 6;
    private static final int MANY = 300;
    private static final SpreadJobs JOBS = SpreadJobs.of(QUEUE, PARTITIONS, MANY);
    private static final Duration BOUND = Duration.ofSeconds(20);

    private final MemoryStore memory = new MemoryStore();
    private final FlakyStore store = new FlakyStore(memory);
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final JobEngine engine = JobEngine.builder(store)
            .queue(QUEUE, QueueSettings.NONE.withPartitions(PARTITIONS))
            .build();
    private final JobQueue jobs = engine.jobQueue();

    @AfterEach
    void close() {
        store.heal();
        callers.shutdownNow();
        engine.close();
        store.close();
    }

    @Test
    void partitionThatHangsHoldsUpNoOther() throws Exception {
        HungCall hung = store.hang("enqueue");

        Future<List<Enqueued>> bulk = callers.submit(() -> jobs.enqueueAll(JOBS.requests()));

        assertThat(hung.begun().await(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
        eventually(() -> filledPartitions() == PARTITIONS - 1);
        assertThat(bulk).isNotDone();
        hung.letGo();
        assertThat(bulk.get(BOUND.toSeconds(), TimeUnit.SECONDS))
                .allMatch(Enqueued::isNew)
                .extracting(Enqueued::id)
                .containsExactlyElementsOf(JOBS.ids());
        assertThat(jobs.counts(QUEUE).waiting()).isEqualTo(MANY);
    }

    @Test
    void interruptOfTheCallerEndsNoCallAndStays() throws Exception {
        HungCall hung = store.hang("enqueue");
        Future<Boolean> interrupted = callers.submit(() -> {
            jobs.enqueueAll(JOBS.requests());
            return Thread.currentThread().isInterrupted();
        });
        assertThat(hung.begun().await(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();

        callers.shutdownNow();
        hung.letGo();

        assertThat(interrupted.get(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(jobs.counts(QUEUE).waiting()).isEqualTo(MANY);
    }

    @Test
    void partitionThatRefusesLeavesUnknownWhatIsStoredAndTheRepeatStoresTheRest() {
        store.refuse(partition(1));

        assertThatThrownBy(() -> jobs.enqueueAll(JOBS.requests()))
                .isInstanceOfSatisfying(
                        EnqueueUnknownException.class, e -> assertThat(e.ids()).containsExactlyElementsOf(JOBS.ids()))
                .hasMessageContaining(MANY - JOBS.countOf(1) + " of the jobs are stored, then the store is away");
        assertThat(filledPartitions()).isEqualTo(PARTITIONS - 1);
        store.heal();

        List<Enqueued> repeated = jobs.enqueueAll(JOBS.requests());

        assertThat(repeated)
                .filteredOn(answer -> answer.status() == Status.QUEUED)
                .extracting(answer -> Partition.numberFor(answer.id().value(), PARTITIONS))
                .hasSize(JOBS.countOf(1))
                .containsOnly(1);
        assertThat(jobs.counts(QUEUE).waiting()).isEqualTo(MANY);
    }

    @Test
    void lostAnswersAreToldWhateverTheOthersSay() {
        jobs.queues(); // what the enqueue would ask for otherwise
        store.refuse(partition(1));
        store.dropReplies();

        assertThatThrownBy(() -> jobs.enqueueAll(JOBS.requests()))
                .isInstanceOf(EnqueueUnknownException.class)
                .hasMessageContaining("the reply was lost");
    }

    @Test
    void whateverFailsTheIdsAreToldWhenOthersAreStored() {
        store.fail(partition(1), new DamagedStoreException("of another type", new IllegalStateException()));
        store.fail(partition(2), new IllegalStateException("unreadable"));

        assertThatThrownBy(() -> jobs.enqueueAll(JOBS.requests()))
                .isInstanceOfSatisfying(
                        EnqueueUnknownException.class, e -> assertThat(e.ids()).containsExactlyElementsOf(JOBS.ids()))
                .hasMessageContaining("of the jobs are stored, then java.lang.IllegalStateException: unreadable")
                .hasStackTraceContaining("of another type");
        assertThat(filledPartitions()).isEqualTo(PARTITIONS - 2);
    }

    @Test
    void laterQueueThatIsDamagedLeavesUnknownWhatIsStored() {
        store.fail("bills", new DamagedStoreException("of another type", new IllegalStateException()));
        List<JobRequest> both = new ArrayList<>(JOBS.requests());
        both.add(JobRequest.of("type", "payload").queue("bills").id("bill").build());

        assertThatThrownBy(() -> jobs.enqueueAll(both))
                .isInstanceOfSatisfying(
                        EnqueueUnknownException.class, e -> assertThat(e.ids()).contains(JobId.of("bills", "bill")));
        assertThat(filledPartitions()).isEqualTo(PARTITIONS);
    }

    @Test
    void damageOfTheOnlyOneIsToldAsItIs() {
        store.fail("bills", new DamagedStoreException("of another type", new IllegalStateException()));

        assertThatThrownBy(() -> jobs.enqueueAll(
                        List.of(JobRequest.of("type", "payload").queue("bills").build())))
                .isExactlyInstanceOf(DamagedStoreException.class);
    }

    @Test
    void allThatRefuseRefuseForCertain() {
        jobs.enqueueAll(JOBS.requests());
        for (int number = 1; number <= PARTITIONS; number++) {
            store.refuse(partition(number));
        }

        assertThatThrownBy(() -> jobs.enqueueAll(JOBS.requests()))
                .isExactlyInstanceOf(StoreUnavailableException.class)
                .hasMessage("the store is away");
    }

    /** Returns how many partitions hold all jobs that are theirs. */
    private long filledPartitions() {
        return IntStream.rangeClosed(1, PARTITIONS)
                .filter(number -> memory.ledger().counts(partition(number)).waiting() == JOBS.countOf(number))
                .count();
    }

    private static String partition(int number) {
        return new Partition(QUEUE, number, PARTITIONS).name();
    }

    private static void eventually(BooleanSupplier reached) {
        assertThat(new Patience(System::nanoTime).await(BOUND, reached)).isTrue();
    }
}
