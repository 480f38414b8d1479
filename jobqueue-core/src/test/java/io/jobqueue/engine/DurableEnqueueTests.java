package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.Dedup;
import io.jobqueue.Durability;
import io.jobqueue.EnqueueUnknownException;
import io.jobqueue.Enqueued;
import io.jobqueue.InvalidJobException;
import io.jobqueue.JobId;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.JobState;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.StoreUnavailableException.Outcome;
import io.jobqueue.store.memory.MemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DurableEnqueueTests {

    private static final String SAFE = "safe";
    private static final Duration PATIENT = Duration.ofSeconds(20);
    private static final QueueSettings ONE_REPLICA =
            QueueSettings.NONE.withDurability(new DurabilitySettings(Durability.replica(1), Duration.ofSeconds(3)));

    private final ConfirmingStore store = new ConfirmingStore();
    private final JobEngine engine = JobEngine.builder(store)
            .queue(SAFE, ONE_REPLICA)
            .handler(HandlerDefinition.of("type", SAFE, String.class, (payload, job) -> "done " + payload))
            .build();
    private final JobQueue queue = engine.jobQueue();
    private final ExecutorService callers = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        callers.shutdownNow();
        engine.close();
        store.close();
    }

    private static JobRequest request(String queue, String id) {
        return JobRequest.of("type", id).queue(queue).id(id).build();
    }

    private static List<JobRequest> requests(String queue, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> request(queue, "job-" + i))
                .toList();
    }

    @Test
    void queueIsAskedForWhatItsSettingsSay() {
        assertThat(queue.enqueue(request(SAFE, "a")).isNew()).isTrue();

        assertThat(store.calls()).containsExactly("[1] replica(1) PT3S");
    }

    @Test
    void otherQueuesWaitForNothing() {
        queue.enqueue(request("plain", "a"));
        queue.enqueueAll(requests("plain", 250));

        assertThat(store.calls()).isEmpty();
    }

    @Test
    void defaultsHoldForEveryQueueThatSaysNothing() {
        try (ConfirmingStore other = new ConfirmingStore();
                JobEngine wary = JobEngine.builder(other)
                        .defaults(QueueSettings.NONE.withDurability(new DurabilitySettings(Durability.AOF, null)))
                        .queue(
                                "plain",
                                QueueSettings.NONE.withDurability(new DurabilitySettings(Durability.NONE, null)))
                        .build()) {
            wary.jobQueue().enqueueAll(List.of(request("any", "a"), request("plain", "b")));

            assertThat(other.calls()).containsExactly("[1] aof PT2S");
        }
    }

    @Test
    void bulkIsWaitedForOnce() {
        List<Enqueued> answers = queue.enqueueAll(requests(SAFE, 250));

        assertThat(answers).hasSize(250).allMatch(Enqueued::isNew);
        assertThat(answers.get(249).id()).isEqualTo(JobId.of(SAFE, "job-249"));
        assertThat(store.calls()).containsExactly("[100, 100, 50] replica(1) PT3S");
    }

    @Test
    void callersThatGatherDuringAWaitShareTheNext() throws Exception {
        List<Future<Enqueued>> gathered = new ArrayList<>();
        store.whileWaiting(() -> {
            if (gathered.isEmpty()) {
                gathered.addAll(enqueueInBackground(150));
            }
        });

        queue.enqueue(request(SAFE, "first"));

        for (Future<Enqueued> one : gathered) {
            assertThat(one.get(20, TimeUnit.SECONDS).isNew()).isTrue();
        }
        assertThat(store.calls()).hasSizeLessThan(10);
        assertThat(store.calls().get(0)).isEqualTo("[1] replica(1) PT3S");
    }

    private List<Future<Enqueued>> enqueueInBackground(int jobs) {
        List<Future<Enqueued>> answers = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < jobs; i++) {
            String id = "gathered-" + i;
            answers.add(callers.submit(() -> {
                synchronized (threads) {
                    threads.add(Thread.currentThread());
                }
                return queue.enqueue(request(SAFE, id));
            }));
        }
        long deadline = System.nanoTime() + PATIENT.toNanos();
        while (parked(threads) < jobs) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
        return answers;
    }

    private static long parked(List<Thread> threads) {
        synchronized (threads) {
            return threads.stream()
                    .filter(thread -> thread.getState() == Thread.State.WAITING)
                    .count();
        }
    }

    @Test
    void unknownEndNamesTheJobEvenWhenItsIdWasGenerated() {
        store.lag();

        assertThatThrownBy(() ->
                        queue.enqueue(JobRequest.of("type", "a").queue(SAFE).build()))
                .isInstanceOfSatisfying(EnqueueUnknownException.class, e -> {
                    assertThat(e.outcome()).isEqualTo(Outcome.UNKNOWN);
                    assertThat(e.ids()).hasSize(1);
                    assertThat(queue.find(e.ids().get(0))).isPresent();
                    assertThat(e)
                            .hasMessageStartingWith(
                                    "job " + e.ids().get(0) + " may be stored (written, but not confirmed)")
                            .hasMessageEndingWith("enqueue the same again with the same id, nothing is stored twice");
                });
    }

    @Test
    void repeatWithTheIdIsAcceptedOnceItIsConfirmed() {
        store.lag();
        JobRequest request = JobRequest.of("type", "a").queue(SAFE).build();
        JobId id = unknownId(request);
        JobRequest again = request.toBuilder().id(id.value()).build();
        assertThat(unknownId(again)).isEqualTo(id);
        store.catchUp();

        Enqueued accepted = queue.enqueue(again);

        assertThat(accepted.id()).isEqualTo(id);
        assertThat(accepted.status()).isEqualTo(Enqueued.Status.DUPLICATE);
        assertThat(queue.counts(SAFE).waiting()).isEqualTo(1);
    }

    private JobId unknownId(JobRequest request) {
        return assertThatThrownBy(() -> queue.enqueue(request))
                .asInstanceOf(InstanceOfAssertFactories.type(EnqueueUnknownException.class))
                .actual()
                .ids()
                .get(0);
    }

    @Test
    void bulkOfUnknownEndNamesAllItsJobsInOrder() {
        store.lag();
        List<JobRequest> requests = List.of(request("plain", "a"), request(SAFE, "b"), request("plain", "c"));

        assertThatThrownBy(() -> queue.enqueueAll(requests))
                .isInstanceOfSatisfying(
                        EnqueueUnknownException.class,
                        e -> assertThat(e.ids())
                                .containsExactly(JobId.of("plain", "a"), JobId.of(SAFE, "b"), JobId.of("plain", "c")))
                .hasMessageStartingWith("3 jobs, the first of them plain/a, may be stored")
                .hasMessageEndingWith("with the same ids, nothing is stored twice");
    }

    @Test
    void bulkThatIsRefusedAfterAPartIsUnknown() {
        try (FlakyStore flaky = new FlakyStore(new MemoryStore());
                JobEngine other = JobEngine.builder(flaky).build()) {
            other.jobQueue().queues(); // what the enqueue would ask for otherwise
            flaky.afterEveryCall(flaky::refuse);

            assertThatThrownBy(() -> other.jobQueue().enqueueAll(requests("plain", 250)))
                    .isInstanceOfSatisfying(
                            EnqueueUnknownException.class,
                            e -> assertThat(e.ids()).hasSize(250))
                    .hasMessageContaining("100 of the jobs are stored, then the store is away");
            flaky.heal();
            flaky.afterEveryCall(() -> {});

            assertThat(other.jobQueue().enqueueAll(requests("plain", 250)))
                    .filteredOn(Enqueued::isNew)
                    .hasSize(150);
        }
    }

    @Test
    void bulkThatIsRefusedAfterAnotherQueueIsUnknown() {
        try (FlakyStore flaky = new FlakyStore(new MemoryStore());
                JobEngine other = JobEngine.builder(flaky).build()) {
            other.jobQueue().queues(); // what the enqueue would ask for otherwise
            flaky.afterEveryCall(flaky::refuse);

            assertThatThrownBy(() -> other.jobQueue().enqueueAll(List.of(request("one", "a"), request("two", "b"))))
                    .isInstanceOf(EnqueueUnknownException.class);
        }
    }

    @Test
    void bulkThatIsRefusedAtOnceIsRefused() {
        try (FlakyStore flaky = new FlakyStore(new MemoryStore());
                JobEngine other = JobEngine.builder(flaky).build()) {
            other.jobQueue().queues(); // what the enqueue would ask for otherwise
            flaky.refuse();

            assertThatThrownBy(() -> other.jobQueue().enqueueAll(requests("plain", 250)))
                    .isExactlyInstanceOf(StoreUnavailableException.class)
                    .hasMessage("the store is away");
        }
    }

    @Test
    void dedupKeyOfAJobThatIsNotConfirmedIsHeldAndConfirmedByTheRepeat() {
        store.lag();
        JobRequest request = JobRequest.of("type", "a")
                .queue(SAFE)
                .dedup(Dedup.untilTerminal("key"))
                .build();
        JobId id = unknownId(request);
        assertThatThrownBy(() -> queue.enqueue(request)).isInstanceOf(EnqueueUnknownException.class);
        store.catchUp();

        assertThat(queue.enqueue(request))
                .returns(id, Enqueued::id)
                .returns(Enqueued.Status.DUPLICATE, Enqueued::status);
    }

    @Test
    void jobThatRanBeforeItWasConfirmedAnswersItsResultToTheRepeat() throws Exception {
        engine.start();
        store.lag();
        JobRequest request = request(SAFE, "a");
        assertThatThrownBy(() -> queue.enqueueAndWait(request, String.class, PATIENT))
                .isInstanceOf(EnqueueUnknownException.class);
        awaitState(JobId.of(SAFE, "a"), JobState.COMPLETED);
        store.catchUp();

        assertThat(queue.enqueueAndWait(request, String.class, PATIENT)).isEqualTo("done a");
    }

    @Test
    void futureOfAResultEndsWithTheUnknownEnd() throws TimeoutException, InterruptedException {
        store.lag();

        assertThatThrownBy(() -> queue.enqueueForResult(request(SAFE, "a"), String.class, PATIENT)
                        .get(20, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(EnqueueUnknownException.class);
    }

    private void awaitState(JobId id, JobState state) {
        long deadline = System.nanoTime() + PATIENT.toNanos();
        while (queue.find(id).orElseThrow().state() != state) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    @Test
    void storeThatCannotConfirmIsRefusedWhenTheEngineIsBuilt() {
        try (MemoryStore memory = new MemoryStore()) {
            assertThatThrownBy(() ->
                            JobEngine.builder(memory).queue(SAFE, ONE_REPLICA).build())
                    .isInstanceOf(InvalidJobException.class)
                    .hasMessageStartingWith("durability replica(1): this store cannot tell")
                    .hasMessageEndingWith("use Redis or Valkey, or set none");
            JobEngine.builder(memory)
                    .queue(SAFE, QueueSettings.NONE.withDurability(new DurabilitySettings(Durability.NONE, null)))
                    .build()
                    .close();
        }
    }
}
