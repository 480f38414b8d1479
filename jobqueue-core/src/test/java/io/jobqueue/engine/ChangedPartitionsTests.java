package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.Enqueued;
import io.jobqueue.JobId;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.StoreUnavailableException.Outcome;
import io.jobqueue.store.memory.MemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an enqueue costs, and how it fails, when the store holds the queue in other partitions as well. */
class ChangedPartitionsTests {

    private static final String QUEUE = "mails";
    private static final Duration BOUND = Duration.ofSeconds(20);

    private final FlakyStore store = new FlakyStore(new MemoryStore());
    private final List<JobEngine> engines = new ArrayList<>();
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final JobQueue whole = divided(1);
    private final JobQueue six = divided(6);

    @AfterEach
    void close() {
        store.heal();
        callers.shutdownNow();
        engines.forEach(JobEngine::close);
        store.close();
    }

    @Test
    void generatedIdIsSoughtNowhere() {
        whole.enqueue(request("old"));
        six.enqueue(request("known"));
        store.forgetCalls();

        for (int i = 0; i < 10; i++) {
            assertThat(six.enqueue(generated()).isNew()).isTrue();
        }
        six.enqueueAll(List.of(generated(), generated()));

        assertThat(store.calls("states")).isZero();
        assertThat(store.calls("isEmpty")).isZero();
    }

    @Test
    void idOfTheCallersIsSoughtOnceInEachOtherLayout() {
        whole.enqueue(request("old"));
        divided(4).enqueue(request("older"));
        six.enqueue(request("known"));
        store.forgetCalls();

        assertThat(six.enqueue(request("new")).isNew()).isTrue();

        assertThat(store.calls("states")).isLessThanOrEqualTo(2);
    }

    @Test
    void callersDuringALookUpShareTheNext() throws Exception {
        whole.enqueue(request("old"));
        six.enqueue(request("known"));
        store.forgetCalls();
        HungCall hung = store.hang("states");
        Future<Enqueued> first = callers.submit(() -> six.enqueue(request("first")));
        assertThat(hung.begun().await(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            String id = "job-" + i;
            threads.add(new Thread(() -> six.enqueue(request(id))));
        }
        threads.forEach(Thread::start);
        assertThat(new Patience(System::nanoTime)
                        .await(
                                BOUND,
                                () -> threads.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING)))
                .isTrue();

        hung.letGo();

        assertThat(first.get(BOUND.toSeconds(), TimeUnit.SECONDS).isNew()).isTrue();
        for (Thread thread : threads) {
            thread.join(BOUND.toMillis());
        }
        assertThat(six.counts(QUEUE).waiting()).isEqualTo(33);
        assertThat(store.calls("states")).isEqualTo(2);
    }

    @Test
    void bulkIsSoughtInOneCallAPartition() {
        whole.enqueue(request("old"));
        six.enqueue(request("known"));
        store.forgetCalls();

        six.enqueueAll(
                IntStream.range(0, 100).mapToObj(i -> request("job-" + i)).toList());

        assertThat(store.calls("states")).isEqualTo(1);
    }

    @Test
    void layoutThatIsEmptyIsNotSoughtIn() {
        whole.enqueue(request("old"));
        six.enqueue(request("known"));
        whole.queue(QUEUE).remove("old");
        JobQueue another = divided(6);
        another.enqueue(request("first"));
        store.forgetCalls();

        for (int i = 0; i < 50; i++) {
            assertThat(another.enqueue(request("job-" + i)).isNew()).isTrue();
        }

        assertThat(store.calls("states")).isZero();
        assertThat(store.calls("isEmpty")).isZero();
    }

    @Test
    void lookUpWithoutAnAnswerSaysThatNothingWasStored() {
        whole.enqueue(request("old"));
        six.enqueue(request("known"));
        store.forgetCalls();
        store.dropReplies();

        assertThatThrownBy(() -> six.enqueue(request("new")))
                .isInstanceOfSatisfying(
                        StoreUnavailableException.class,
                        failure -> assertThat(failure.outcome()).isEqualTo(Outcome.REFUSED))
                .hasMessageContaining("nothing was stored");
        assertThatThrownBy(() -> six.enqueueAll(List.of(request("new"), request("newer"))))
                .isInstanceOfSatisfying(
                        StoreUnavailableException.class,
                        failure -> assertThat(failure.outcome()).isEqualTo(Outcome.REFUSED));

        assertThat(store.calls("enqueue") + store.calls("enqueueAll")).isZero();
        store.heal();
        assertThat(six.find(JobId.of(QUEUE, "new"))).isEmpty();
    }

    private JobQueue divided(int partitions) {
        JobEngine engine = JobEngine.builder(store)
                .queue(QUEUE, QueueSettings.NONE.withPartitions(partitions))
                .build();
        engines.add(engine);
        return engine.jobQueue();
    }

    private static JobRequest generated() {
        return JobRequest.of("type", "payload").queue(QUEUE).build();
    }

    private static JobRequest request(String id) {
        return JobRequest.of("type", "payload").queue(QUEUE).id(id).build();
    }
}
