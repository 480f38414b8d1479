package io.jobqueue.store.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.JobRequest.IfFailed;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.StoreUnavailableException.Outcome;
import io.jobqueue.store.Claim;
import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.JobOptions;
import io.jobqueue.store.JobSpec;
import io.jobqueue.store.NewJob;
import io.jobqueue.store.WorkerSession;
import io.jobqueue.store.memory.MemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a worker that has just started claims while the names of the queues cannot be read. */
class ClaimsWithoutNamesTests {

    private static final String QUEUE = "mails";
    private static final Duration PAST_BELIEF = Duration.ofSeconds(11);

    private final AtomicLong nanos = new AtomicLong();
    private final MemoryStore behind = new MemoryStore();
    private final PartitionedStore whole = new PartitionedStore(behind, queue -> 1, nanos::get);
    private final PartitionedStore six = new PartitionedStore(behind, queue -> 6, nanos::get);
    private final NamesOnTheirOwn names = new NamesOnTheirOwn(behind);
    private final PartitionedStore started = new PartitionedStore(names.store(), queue -> 1, nanos::get);

    @AfterEach
    void close() {
        behind.close();
    }

    @Test
    void queueThatIsNotDividedIsWorkedOn() {
        enqueue(whole, "a");
        names.loseNames();

        assertThat(claimed(started, QUEUE)).hasSize(1);
    }

    @Test
    void partitionsAreNotWorkedOn() {
        PartitionedStore divided = new PartitionedStore(names.store(), queue -> 6, nanos::get);
        enqueue(six, "a");
        names.loseNames();
        for (int number = 1; number <= 6; number++) {
            String partition = number + "/6\t" + QUEUE;

            assertThatThrownBy(() -> claimed(divided, partition))
                    .isInstanceOfSatisfying(
                            StoreUnavailableException.class,
                            failure -> assertThat(failure.outcome()).isEqualTo(Outcome.REFUSED))
                    .hasMessageContaining("it is not known what is paused")
                    .hasMessageContaining("no answer");
        }
    }

    @Test
    void pauseOfThePartitionsBeforeIsTakenOverWhenTheNamesAreBack() {
        enqueue(six, "old");
        six.operations().pause(QUEUE, null);
        enqueue(whole, "a");
        names.loseNames();
        assertThat(claimed(started, QUEUE)).hasSize(1);
        enqueue(whole, "b");

        names.heal();
        nanos.addAndGet(PAST_BELIEF.toNanos());

        assertThat(claimed(started, QUEUE)).isEmpty();
        assertThat(behind.operations().isPaused(QUEUE)).isTrue();
    }

    @Test
    void namesAreAskedForOnceInTenSecondsWhileTheyAreAway() {
        enqueue(whole, "a");
        names.loseNames();

        for (int i = 0; i < 5; i++) {
            List<Claim> unused = claimed(started, QUEUE);
        }
        assertThat(names.asked()).isEqualTo(1);
        nanos.addAndGet(PAST_BELIEF.toNanos());
        for (int i = 0; i < 5; i++) {
            List<Claim> unused = claimed(started, QUEUE);
        }
        assertThat(names.asked()).isEqualTo(2);
    }

    @Test
    void whoComesWhileTheNamesAreAskedForTheFirstTimeAsksToo() {
        enqueue(six, "old");
        six.operations().pause(QUEUE, null);
        enqueue(whole, "a");
        List<Claim> meanwhile = new ArrayList<>();
        names.whenAsked(() -> meanwhile.addAll(claimed(started, QUEUE)));

        assertThat(claimed(started, QUEUE)).isEmpty();

        assertThat(meanwhile).isEmpty();
        assertThat(names.asked()).isEqualTo(2);
    }

    @Test
    void nothingIsClaimedUnawareAfterTheWholeStoreWasAway() {
        enqueue(six, "old");
        six.operations().pause(QUEUE, null);
        enqueue(whole, "a");
        names.loseAll();
        assertThatThrownBy(() -> claimed(started, QUEUE)).isInstanceOf(StoreUnavailableException.class);

        names.heal();

        assertThat(claimed(started, QUEUE)).isEmpty();
    }

    private static void enqueue(PartitionedStore store, String id) {
        JobSpec spec = new JobSpec("type", new byte[0], 0, JobOptions.NONE);
        NewJob job = new NewJob(id, spec, IfFailed.KEEP, Duration.ZERO, null, null);
        store.transitions().enqueue(QUEUE, List.of(job));
    }

    private static List<Claim> claimed(PartitionedStore store, String partition) {
        WorkerSession session = new WorkerSession(partition, "session", "worker", Duration.ofSeconds(30));
        return store.transitions()
                .exchange(new ExchangeRequest(session, List.of(), 100, Duration.ofHours(1), Set.of()))
                .claims();
    }
}
