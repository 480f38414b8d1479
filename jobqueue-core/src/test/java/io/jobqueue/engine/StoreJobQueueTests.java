package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.Cancellation;
import io.jobqueue.EnqueueTiming;
import io.jobqueue.Enqueued;
import io.jobqueue.InvalidJobException;
import io.jobqueue.JobData;
import io.jobqueue.JobId;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.JobSnapshot;
import io.jobqueue.JobState;
import io.jobqueue.PayloadException;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.codec.JacksonPayloadCodec;
import io.jobqueue.codec.PayloadCipher;
import io.jobqueue.store.contract.HeldClock;
import io.jobqueue.store.memory.MemoryStore;
import io.jobqueue.store.partition.PartitionedStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StoreJobQueueTests {

    private record WelcomeMail(String to) {}

    private final WorkerBench bench = WorkerBench.of(1, (payload, job) -> "done " + payload);
    private final JobQueue queue = bench.queue;

    @AfterEach
    void close() {
        bench.close();
    }

    private static JobRequest request(String id) {
        return JobRequest.of("other", id).id(id).build();
    }

    @Test
    void payloadClassNamesTheType() {
        Enqueued enqueued = queue.enqueue(new WelcomeMail("ada@example.org"));

        JobSnapshot job = queue.find(enqueued.id()).orElseThrow();
        assertThat(job.type()).isEqualTo("welcome-mail");
        assertThat(job.payload().as(WelcomeMail.class)).isEqualTo(new WelcomeMail("ada@example.org"));
        assertThat(enqueued).returns(true, Enqueued::isNew).returns(JobState.WAITING, Enqueued::state);
    }

    @Test
    void handlersQueueIsTheDefaultOfItsType() {
        assertThat(queue.enqueue("type", "a").id().queue()).isEqualTo(WorkerBench.QUEUE);
        assertThat(queue.enqueue("stranger", "a").id().queue()).isEqualTo(JobQueue.DEFAULT_QUEUE);
        assertThat(queue.enqueue(JobRequest.of("type", "a").queue("mine").build())
                        .id()
                        .queue())
                .isEqualTo("mine");
    }

    @Test
    void requestAsObjectIsARequest() {
        Object request = JobRequest.of("type", "a").id("mine").build();

        assertThat(queue.enqueue(request).id()).isEqualTo(JobId.of(WorkerBench.QUEUE, "mine"));
    }

    @Test
    @SuppressWarnings("NullAway") // what a caller without null checks may do
    void nullPayloadIsRefused() {
        assertThatThrownBy(() -> queue.enqueue((Object) null)).isInstanceOf(InvalidJobException.class);
        assertThatThrownBy(() -> queue.enqueue("type", null)).isInstanceOf(InvalidJobException.class);
    }

    @Test
    void textIsNoTypedPayload() {
        assertThatThrownBy(() -> queue.enqueue((Object) "text"))
                .isInstanceOf(InvalidJobException.class)
                .hasMessageContaining("java.lang.String");
    }

    static Stream<Arguments> unfinishedRequests() {
        JobRequest.Builder unbuilt = JobRequest.of("other", "a").queue("mine");
        return Stream.of(
                call("call build()", queue -> queue.enqueue(unbuilt)),
                call("call build()", queue -> queue.enqueue("other", unbuilt)),
                call("call build()", queue -> queue.enqueue("other", unbuilt, job -> job.queue("mine"))),
                call(
                        "call build()",
                        queue -> queue.enqueue(JobRequest.of(unbuilt).build())),
                call(
                        "call build()",
                        queue -> queue.enqueueAll(
                                List.of(JobRequest.of("other", unbuilt).build()))),
                call(
                        "call build()",
                        queue -> queue.enqueueAndWait(
                                JobRequest.of("other", unbuilt).build(), String.class, Duration.ofSeconds(1))),
                call("enqueue it without a type", queue -> queue.enqueue("other", unbuilt.build())));
    }

    @ParameterizedTest
    @MethodSource("unfinishedRequests")
    void requestIsNoPayload(String says, Consumer<JobQueue> call) {
        assertThatThrownBy(() -> call.accept(queue))
                .isInstanceOf(InvalidJobException.class)
                .hasMessageContaining(says);
        assertThat(bench.store.calls("enqueue")).isZero();
    }

    @Test
    void optionsAreAddedOnTheWay() {
        Enqueued enqueued = queue.enqueue(
                "other", "a", job -> job.queue("mine").id("1").priority(7).header("tenant", "acme"));

        JobSnapshot job = queue.find(enqueued.id()).orElseThrow();
        assertThat(job.id()).isEqualTo(JobId.of("mine", "1"));
        assertThat(job.type()).isEqualTo("other");
        assertThat(job.priority()).isEqualTo(7);
        assertThat(job.payload().as(String.class)).isEqualTo("a");
    }

    @Test
    void optionThatIsOutOfBoundsStoresNothing() {
        assertThatThrownBy(() -> queue.enqueue("other", "a", job -> job.maxAttempts(0)))
                .isInstanceOf(InvalidJobException.class)
                .hasMessageStartingWith("maxAttempts 0");
        assertThat(bench.store.calls("enqueue")).isZero();
    }

    @Test
    void tooLargePayloadIsRefusedAndSaysWhatToDo() {
        assertThatThrownBy(() -> queue.enqueue("type", "x".repeat(2000)))
                .isInstanceOf(InvalidJobException.class)
                .hasMessage("type 'type': payload has 2002 bytes; keep it under 1000"
                        + " or store it elsewhere and enqueue a reference");
        assertThat(bench.store.calls("enqueue")).isZero();
    }

    @Test
    void requestArrivesWhole() {
        queue.enqueue(JobRequest.of("other", "a")
                .id("a")
                .delay(Duration.ofMinutes(1))
                .priority(-5)
                .header("tenant", "t1")
                .build());

        JobSnapshot job = queue.find(JobId.of(JobQueue.DEFAULT_QUEUE, "a")).orElseThrow();
        assertThat(job)
                .returns(JobState.SCHEDULED, JobSnapshot::state)
                .returns(-5, JobSnapshot::priority)
                .returns(Map.of("tenant", "t1"), JobSnapshot::headers)
                .returns(bench.clock.instant().plusSeconds(60).truncatedTo(ChronoUnit.MILLIS), JobSnapshot::dueAt);
    }

    @Test
    void sameIdIsAnsweredWithWhatIsThere() {
        bench.enqueue("a");
        assertThat(queue.enqueue(JobRequest.of("type", "again").id("a").build()))
                .returns(Enqueued.Status.DUPLICATE, Enqueued::status)
                .returns(JobState.WAITING, Enqueued::state);

        bench.work();

        Enqueued completed =
                queue.enqueue(JobRequest.of("type", "again").id("a").build());
        assertThat(completed.status()).isEqualTo(Enqueued.Status.COMPLETED);
        assertThat(Objects.requireNonNull(completed.result()).as(String.class)).isEqualTo("done a");
    }

    @Test
    void generatedIdThatIsTakenIsReplaced() {
        HeldClock clock = new HeldClock();
        Deque<Long> randoms = new ArrayDeque<>(List.of(1L, 1L, 1L, 2L));
        try (MemoryStore store = new MemoryStore(clock)) {
            Codecs codecs = new Codecs(new JacksonPayloadCodec(), Map.of(), PayloadCipher.NONE);
            LoopContext context = bench.context;
            JobWriter writer = new JobWriter(
                    codecs,
                    1000,
                    new Handlers(),
                    new Settings(QueueSettings.NONE, Map.of()),
                    new IdGenerator(clock, randoms::removeFirst),
                    new EnqueueInterceptors(List.of()));
            PartitionedStore whole = new PartitionedStore(store, any -> 1, bench.nanos);
            Enqueuer enqueuer = new Enqueuer(
                    whole,
                    new QueueWriters(whole.behind(), new Settings(QueueSettings.NONE, Map.of()), new OwnWorkers()),
                    new IdGenerator(clock),
                    bench.listener,
                    new Observer(null, System::nanoTime));
            JobReader reader = new JobReader(codecs);
            LineWatch watch = new LineWatch(Duration.ofMinutes(1), context);
            Replies replies =
                    new Replies(new ReplyLine(store, new OwnReplies(), watch, context), writer, enqueuer, reader);
            JobQueue colliding = new StoreJobQueue(
                    store,
                    new Settings(QueueSettings.NONE, Map.of()),
                    writer,
                    enqueuer,
                    new Deferral(TransactionBoundary.NONE, EnqueueTiming.AFTER_COMMIT, enqueuer),
                    reader,
                    replies,
                    new EventLines(whole, Duration.ofSeconds(1), watch, context),
                    bench.listener);

            Enqueued first = colliding.enqueue("type", "a");
            Enqueued second = colliding.enqueue("type", "b");

            assertThat(second.isNew()).isTrue();
            assertThat(second.id()).isNotEqualTo(first.id());
            assertThat(colliding.counts(JobQueue.DEFAULT_QUEUE).waiting()).isEqualTo(2);
        }
    }

    @Test
    void manyRequestsAreAnsweredInTheirOrder() {
        List<JobRequest> requests = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            requests.add(JobRequest.of("other", i)
                    .id("job-" + i)
                    .queue(i % 3 == 0 ? "thirds" : "others")
                    .build());
        }
        requests.add(JobRequest.of("other", "again").id("job-3").queue("thirds").build());

        List<Enqueued> answers = queue.enqueueAll(requests);

        assertThat(answers).hasSize(251);
        for (int i = 0; i < 250; i++) {
            assertThat(answers.get(i).id()).isEqualTo(JobId.of(i % 3 == 0 ? "thirds" : "others", "job-" + i));
        }
        assertThat(answers.get(250).status()).isEqualTo(Enqueued.Status.DUPLICATE);
        assertThat(bench.store.calls("enqueue")).isEqualTo(3);
        assertThat(queue.queues()).containsExactlyInAnyOrder("thirds", "others");
    }

    @Test
    void largePayloadsAreSplitOverCalls() {
        try (MemoryStore memory = new MemoryStore();
                FlakyStore store = new FlakyStore(memory);
                JobEngine engine = JobEngine.builder(store).build()) {
            List<JobRequest> requests = Collections.nCopies(
                    40, JobRequest.of("other", "x".repeat(100_000)).build());

            engine.jobQueue().enqueueAll(requests);

            assertThat(store.calls("enqueue")).isEqualTo(4);
        }
    }

    @Test
    void oneWrongRequestStoresNothing() {
        List<JobRequest> requests = List.of(
                request("a"),
                request("b"),
                JobRequest.of("other", "x".repeat(2000)).build());

        assertThatThrownBy(() -> queue.enqueueAll(requests))
                .isInstanceOf(InvalidJobException.class)
                .hasMessageStartingWith("request 2 of 3: type 'other': payload has 2002 bytes")
                .hasMessageEndingWith("nothing was stored");
        assertThat(queue.queues()).isEmpty();
    }

    @Test
    void nullRequestIsNamed() {
        List<JobRequest> requests = Arrays.asList(request("a"), null);

        assertThatThrownBy(() -> queue.enqueueAll(requests))
                .isInstanceOf(InvalidJobException.class)
                .hasMessageStartingWith("request 1 of 2: is null");
    }

    @Test
    void noRequestsAreNoCall() {
        assertThat(queue.enqueueAll(List.of())).isEmpty();
        assertThat(bench.store.calls("enqueue")).isZero();
    }

    @Test
    void outageReachesTheCaller() {
        bench.store.refuse();

        assertThatThrownBy(() -> queue.enqueue("other", "a"))
                .isInstanceOfSatisfying(
                        StoreUnavailableException.class,
                        e -> assertThat(e.outcome()).isEqualTo(StoreUnavailableException.Outcome.REFUSED));
        assertThatThrownBy(() -> queue.enqueueAll(List.of(request("a")))).isInstanceOf(StoreUnavailableException.class);
        assertThat(bench.listener.events()).containsExactly("storeFailed default", "storeFailed default");
    }

    @Test
    void unknownOutcomeIsNotRepeated() {
        bench.store.dropReplies();

        assertThatThrownBy(() -> queue.enqueue("other", "a"))
                .isInstanceOfSatisfying(
                        StoreUnavailableException.class,
                        e -> assertThat(e.outcome()).isEqualTo(StoreUnavailableException.Outcome.UNKNOWN));
        assertThat(bench.store.calls("enqueue")).isEqualTo(1);
    }

    @Test
    void waitingJobIsCancelledAtOnce() {
        bench.enqueue("a");

        assertThat(queue.cancel(JobId.of(WorkerBench.QUEUE, "a"))).isEqualTo(Cancellation.CANCELLED);
        assertThat(queue.cancel(JobId.of(WorkerBench.QUEUE, "a"))).isEqualTo(Cancellation.ENDED);
        assertThat(queue.cancel(JobId.of(WorkerBench.QUEUE, "b"))).isEqualTo(Cancellation.NOT_FOUND);
        assertThat(queue.counts(WorkerBench.QUEUE).cancelled()).isEqualTo(1);
    }

    @Test
    void dataOfAJobWithoutPayloadIsJsonNull() {
        bench.enqueue(JobRequest.of("type").id("a"));

        JobData payload = bench.job("a").payload();
        assertThat(payload.json()).isEqualTo("null".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> payload.as(String.class)).isInstanceOf(PayloadException.class);
    }

    @Test
    void dataIsReadAsPrimitivesToo() {
        Enqueued enqueued = queue.enqueue("other", 42);

        assertThat(queue.find(enqueued.id()).orElseThrow().payload().as(int.class))
                .isEqualTo(42);
    }

    @Test
    void dataCannotBeChangedThroughItsBytes() {
        bench.enqueue("a");
        JobData payload = bench.job("a").payload();

        payload.json()[0] = 'x';

        assertThat(payload.as(String.class)).isEqualTo("a");
        assertThat(payload).hasToString("3 bytes");
    }

    private static Arguments call(String says, Consumer<JobQueue> call) {
        return Arguments.of(says, call);
    }

    @SuppressWarnings("NullAway") // what a caller without null checks may do
    static Stream<Arguments> nullArguments() {
        Duration timeout = Duration.ofSeconds(1);
        return Stream.of(
                call("request: is null; give", queue -> queue.enqueue((JobRequest) null)),
                call("options: is null; leave", queue -> queue.enqueue("other", "a", null)),
                call("requests: is null; give", queue -> queue.enqueueAll(null)),
                call(
                        "request 0 of 1: is null; leave it out",
                        queue -> queue.enqueueAll(Collections.singletonList(null))),
                call("request: is null; give", queue -> queue.enqueueAndWait(null, String.class, timeout)),
                call("resultType: is null; give", queue -> queue.enqueueAndWait(request("a"), null, timeout)),
                call("timeout: is null; give", queue -> queue.enqueueAndWait(request("a"), String.class, null)),
                call("request: is null", queue -> join(queue.enqueueForResult(null, String.class, timeout))),
                call("resultType: is null", queue -> join(queue.enqueueForResult(request("a"), null, timeout))),
                call("timeout: is null", queue -> join(queue.enqueueForResult(request("a"), String.class, null))),
                call("job id: is null; give", queue -> queue.find(null)),
                call("job id: is null; give", queue -> queue.cancel(null)),
                call("queue: is null; give", queue -> queue.counts(null)));
    }

    private static void join(CompletableFuture<?> future) {
        try {
            future.join();
        } catch (CompletionException e) {
            throw (RuntimeException) Objects.requireNonNull(e.getCause());
        }
    }

    @ParameterizedTest
    @MethodSource("nullArguments")
    void nullIsRefusedByNameAndStoresNothing(String says, Consumer<JobQueue> call) {
        assertThatThrownBy(() -> call.accept(queue))
                .isInstanceOf(InvalidJobException.class)
                .hasMessageStartingWith(says);
        assertThat(bench.store.calls("enqueue")).isZero();
    }

    @Test
    void payloadNestedTooDeepIsRefusedAtTheEnqueue() {
        Object payload = "deep";
        for (int i = 0; i < 201; i++) {
            payload = List.of(payload);
        }
        Object tooDeep = payload;

        assertThatThrownBy(() -> queue.enqueue("other", tooDeep)).isInstanceOf(PayloadException.class);
        assertThat(bench.store.calls("enqueue")).isZero();
    }
}
