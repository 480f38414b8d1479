package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.store.Claim;
import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.Partition;
import io.jobqueue.store.WorkerSession;
import io.jobqueue.store.partition.PartitionedStore;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is paused in the other partitions of a queue holds in those that come later. */
class ChangedPartitionsPauseTests extends ChangedPartitionsFixture {

    @Test
    void pauseHoldsInPartitionsThatComeLater() {
        whole.enqueue(request("old"));
        whole.queue(QUEUE).pause();
        Queue<String> handled = new ConcurrentLinkedQueue<>();
        JobEngine worker = working(6, handled);
        worker.jobQueue().enqueueAll(requests(20));
        store.forgetCalls();

        worker.start();

        eventually(() -> store.calls("exchange") >= 20);
        assertThat(handled).isEmpty();
        assertThat(worker.jobQueue().queue(QUEUE).isPaused()).isTrue();
        whole.queue(QUEUE).resume();
        eventually(() -> handled.size() == 21);
    }

    @Test
    void pauseOfATypeHoldsInPartitionsThatComeLater() {
        whole.enqueue(request("old"));
        whole.queue(QUEUE).pause("type");
        Queue<String> handled = new ConcurrentLinkedQueue<>();
        JobEngine worker = working(6, handled);
        worker.jobQueue().enqueueAll(requests(20));
        store.forgetCalls();

        worker.start();

        eventually(() -> store.calls("exchange") >= 20);
        assertThat(handled).isEmpty();
        whole.queue(QUEUE).resume("type");
        eventually(() -> handled.size() == 21);
    }

    @Test
    void idleWorkersOfPartitionsThatNobodyHasUsedReadNoPauses() {
        divided(4).enqueueAll(requests(20));
        Queue<String> handled = new ConcurrentLinkedQueue<>();
        JobEngine worker = working(6, handled);
        worker.start();
        eventually(() -> handled.size() == 20);
        store.forgetCalls();

        eventually(() -> store.calls("exchange") >= 60);

        assertThat(store.calls("isPaused") + store.calls("pausedTypes") + store.calls("paused"))
                .isZero();
        worker.jobQueue().enqueue(request("first-of-six"));
        eventually(() -> handled.contains("first-of-six"));
    }

    @Test
    void onePartitionOfEachOtherLayoutTellsWhatIsPaused() {
        six.enqueueAll(requests(60));
        divided(4).enqueue(request("of-four"));
        six.queue(QUEUE).pause("type");
        whole.enqueue(request("new"));
        store.forgetCalls();

        assertThat(claimedFromTheWhole()).isEmpty();

        assertThat(store.operations().pausedTypes(QUEUE)).containsExactly("type");
        assertThat(store.calls("isPaused")).isEqualTo(2);
    }

    @Test
    void serverThatIsAwayIsNotAskedForOnePartitionAfterTheOther() {
        six.enqueueAll(requests(60));
        six.queue(QUEUE).pause();
        whole.enqueue(request("new"));
        for (int number = 1; number <= 3; number++) {
            store.refuse(new Partition(QUEUE, number, 6).name());
        }
        store.forgetCalls();

        assertThat(claimedFromTheWhole()).isEmpty();

        assertThat(store.calls("isPaused")).isEqualTo(2);
        assertThat(store.operations().isPaused(QUEUE)).isTrue();
    }

    @Test
    void pausesAreReadOnceWhenTheFirstJobIsThere() {
        divided(4).enqueue(request("old"));
        PartitionedStore started = new PartitionedStore(store, queue -> 6, System::nanoTime);
        String partition = new Partition(QUEUE, Partition.numberFor("new", 6), 6).name();
        assertThat(claimed(started, partition)).isEmpty();
        six.enqueue(request("new"));
        store.forgetCalls();

        assertThat(claimed(started, partition)).hasSize(1);
        assertThat(claimed(started, partition)).isEmpty();

        assertThat(store.calls("isPaused")).isEqualTo(1);
    }

    @Test
    void nothingIsClaimedBeforeItIsKnownWhatIsPaused() throws InterruptedException {
        whole.enqueue(request("old"));
        whole.queue(QUEUE).pause();
        Queue<String> handled = new ConcurrentLinkedQueue<>();
        JobEngine worker = working(6, handled);
        worker.jobQueue().enqueueAll(requests(20));
        store.forgetCalls();
        store.refuse();
        worker.start();
        eventually(() -> store.calls("queues") + store.calls("isPaused") > 5);
        HungCall hung = store.hang("isPaused");

        store.heal();

        assertThat(hung.begun().await(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
        hung.letGo();
        eventually(() -> store.calls("exchange") >= 20);
        assertThat(handled).isEmpty();
    }

    private JobEngine working(int partitions, Queue<String> handled) {
        JobEngine engine = JobEngine.builder(store)
                .queue(QUEUE, QueueSettings.NONE.withPartitions(partitions))
                .handler(HandlerDefinition.of("type", QUEUE, Object.class, (payload, job) -> {
                    handled.add(job.id().value());
                    return null;
                }))
                .claimWait(Duration.ofMillis(50))
                .shutdownTimeout(Duration.ofSeconds(5))
                .build();
        engines.add(engine);
        return engine;
    }

    /** Claims as the first worker does that knows the queue undivided. */
    private List<Claim> claimedFromTheWhole() {
        return claimed(new PartitionedStore(store, queue -> 1, System::nanoTime), QUEUE);
    }

    private static List<Claim> claimed(PartitionedStore store, String partition) {
        WorkerSession session = new WorkerSession(partition, "session", "worker", Duration.ofSeconds(30));
        return store.transitions()
                .exchange(new ExchangeRequest(session, List.of(), 100, Duration.ofHours(1), Set.of()))
                .claims();
    }
}
