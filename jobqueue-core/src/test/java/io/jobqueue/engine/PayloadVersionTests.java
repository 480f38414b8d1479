package io.jobqueue.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jobqueue.InvalidJobException;
import io.jobqueue.JobError;
import io.jobqueue.JobId;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.JobSnapshot;
import io.jobqueue.JobState;
import io.jobqueue.JobType;
import io.jobqueue.PayloadUpcaster;
import io.jobqueue.codec.JacksonPayloadCodec;
import io.jobqueue.codec.PayloadCipher;
import io.jobqueue.store.Claim;
import io.jobqueue.store.ClaimToken;
import io.jobqueue.store.JobOptions;
import io.jobqueue.store.JobSpec;
import io.jobqueue.store.Settlement;
import io.jobqueue.store.WorkerSession;
import io.jobqueue.store.memory.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PayloadVersionTests {

    private static final PayloadUpcaster FIRST = renaming(1, "mail", "address");
    private static final PayloadUpcaster SECOND = renaming(2, "address", "to");

    private final MemoryStore store = new MemoryStore();
    private final List<String> handled = new ArrayList<>();

    @JobType(value = "greet", version = 3)
    record Greeting(String to) {}

    @JobType(value = "broken", version = 0)
    record Broken(String to) {}

    @AfterEach
    void close() {
        store.close();
    }

    private static PayloadUpcaster renaming(int from, String name, String newName) {
        return PayloadUpcaster.of(
                "greet",
                from,
                json -> new String(json, UTF_8)
                        .replace('"' + name + '"', '"' + newName + '"')
                        .getBytes(UTF_8));
    }

    private AttemptResult run(@Nullable String version, String json, PayloadUpcaster... upcasters) {
        Map<String, String> headers = version == null ? Map.of() : Map.of(JobRequest.VERSION_HEADER, version);
        JobSpec spec = new JobSpec("greet", json.getBytes(UTF_8), 0, new JobOptions(null, null, null, null, headers));
        RunningJob job = new RunningJob(
                new Claim(new ClaimToken("a", 1), spec, 1, 0, 0, Instant.EPOCH),
                new Lease(new WorkerSession("work", "session", Duration.ofSeconds(30))),
                Duration.ZERO,
                new Outcomes(() -> {}),
                new RunNotes(store.notes()),
                () -> 0);
        return new HandlerCall(
                        new Codecs(new JacksonPayloadCodec(), Map.of(), PayloadCipher.NONE),
                        new Upcasters(List.of(upcasters)),
                        List.of(),
                        1000)
                .make(
                        HandlerDefinition.of("greet", "work", Greeting.class, (greeting, context) -> {
                            handled.add(String.valueOf(greeting));
                            return null;
                        }),
                        job);
    }

    private JobQueue queue() {
        return JobEngine.builder(store).build().jobQueue();
    }

    private static @Nullable String version(JobQueue queue, JobRequest request) {
        JobId id = queue.enqueue(request).id();
        return queue.find(id).orElseThrow().headers().get(JobRequest.VERSION_HEADER);
    }

    private static String problem(AttemptResult result) {
        return String.valueOf(Objects.requireNonNull(result.failure()).getMessage());
    }

    @Test
    void versionOfThePayloadsClassIsSentAlong() {
        JobQueue queue = queue();
        JobRequest other = JobRequest.of("other", new Greeting("ada")).build();

        assertThat(version(queue, JobRequest.of("greet", new Greeting("ada")).build()))
                .isEqualTo("3");
        assertThat(version(queue, other)).isEqualTo("3");
        assertThat(queue.find(queue.enqueue(new Greeting("ada")).id())
                        .orElseThrow()
                        .headers())
                .containsEntry(JobRequest.VERSION_HEADER, "3");
        assertThat(version(queue, JobRequest.of("greet", Map.of("mail", "ada")).build()))
                .isNull();
    }

    @Test
    void versionOfTheRequestGoesBeforeThatOfTheClass() {
        assertThat(version(
                        queue(),
                        JobRequest.of("greet", new Greeting("ada")).version(5).build()))
                .isEqualTo("5");
    }

    @Test
    void versionOneIsNotSent() {
        JobRequest request = JobRequest.of("greet", "a").version(2).version(1).build();

        assertThat(request.headers()).isEmpty();
    }

    @Test
    void versionBelowOneIsRefused() {
        assertThatExceptionOfType(InvalidJobException.class)
                .isThrownBy(() -> JobRequest.of("greet", "a").version(0))
                .withMessage("version 0: must be at least 1");
        assertThatExceptionOfType(InvalidJobException.class)
                .isThrownBy(() -> queue().enqueue(new Broken("ada")))
                .withMessageContainingAll(Broken.class.getName(), "version 0 must be at least 1");
    }

    @Test
    void handlerReadsTheVersionItsPayloadClassSays() {
        assertThat(HandlerDefinition.of("greet", "work", Greeting.class, (payload, job) -> null)
                        .version())
                .isEqualTo(3);
        assertThat(HandlerDefinition.of("greet", "work", String.class, (payload, job) -> null)
                        .version())
                .isEqualTo(1);
    }

    @Test
    void oldPayloadGoesThroughEveryStep() {
        assertThat(run(null, "{\"mail\":\"ada\"}", SECOND, FIRST)).isInstanceOf(AttemptResult.Returned.class);
        assertThat(run("2", "{\"address\":\"bob\"}", FIRST, SECOND)).isInstanceOf(AttemptResult.Returned.class);
        assertThat(run("3", "{\"to\":\"eve\"}", FIRST, SECOND)).isInstanceOf(AttemptResult.Returned.class);

        assertThat(handled).containsExactly("Greeting[to=ada]", "Greeting[to=bob]", "Greeting[to=eve]");
    }

    @Test
    void missingStepFailsTheJobAndIsNamed() {
        AttemptResult result = run("1", "{\"mail\":\"ada\"}", FIRST);

        assertThat(result).isInstanceOf(AttemptResult.Hopeless.class);
        assertThat(problem(result))
                .isEqualTo("type 'greet', version 2 to 3: no upcaster; register a PayloadUpcaster for this step");
        assertThat(handled).isEmpty();
    }

    @Test
    void headerThatIsNoVersionFailsTheJob() {
        AttemptResult result = run("new", "{}", FIRST, SECOND);

        assertThat(result).isInstanceOf(AttemptResult.Hopeless.class);
        assertThat(problem(result)).contains("header 'jobqueue-version' is 'new', which is no version");
        assertThat(run("-1", "{}", FIRST, SECOND)).isInstanceOf(AttemptResult.Hopeless.class);
    }

    @Test
    void upcasterThatThrowsFailsTheAttempt() {
        PayloadUpcaster broken = PayloadUpcaster.of("greet", 1, json -> {
            throw new IllegalStateException("no directory");
        });

        assertThat(run("1", "{}", broken, SECOND)).isInstanceOf(AttemptResult.Threw.class);
    }

    @Test
    void jobWithoutPayloadHasNoVersionToMind() {
        assertThat(run(null, "")).isInstanceOf(AttemptResult.Returned.class);
    }

    @Test
    void twoUpcastersOfOneStepAreRefused() {
        assertThatExceptionOfType(InvalidJobException.class)
                .isThrownBy(() -> JobEngine.builder(store)
                        .upcaster(FIRST)
                        .upcaster(renaming(1, "x", "y"))
                        .build())
                .withMessageContaining("type 'greet', version 1 to 2: has two upcasters");
        assertThatExceptionOfType(InvalidJobException.class)
                .isThrownBy(() ->
                        JobEngine.builder(store).upcaster(renaming(0, "x", "y")).build())
                .withMessageContaining("version 0 must be at least 1");
    }

    @Test
    void newerPayloadIsLeftToANewerProcessAndFailsInTheEnd() {
        try (WorkerBench bench = WorkerBench.of(1, (payload, job) -> handled.add(payload))) {
            bench.enqueue(JobRequest.of("type", "a").id("a").version(2));
            bench.work();
            assertThat(bench.job("a"))
                    .returns(JobState.SCHEDULED, JobSnapshot::state)
                    .returns(0, JobSnapshot::attempts);

            for (int i = 0; i < SettlementDecision.MOST_HAND_BACKS; i++) {
                bench.clock.advance(SettlementDecision.HAND_BACK_DELAY);
                bench.work();
            }

            JobError error = Objects.requireNonNull(bench.job("a").error());
            assertThat(bench.job("a").state()).isEqualTo(JobState.FAILED);
            assertThat(error.type()).isEqualTo(JobError.NO_HANDLER);
            assertThat(error.message()).contains("no handler for version 2 of type 'type', the newest here is 1");
            assertThat(handled).isEmpty();
            assertThat(bench.listener.events()).doesNotContain("started 0");
        }
    }

    @Test
    void settlementOfANewerPayloadIsThatOfAMissingHandler() {
        Claim claim = new Claim(
                new ClaimToken("a", 1), new JobSpec("greet", new byte[0], 0, JobOptions.NONE), 1, 0, 0, Instant.EPOCH);
        JobRules rules = new Settings(QueueSettings.NONE, Map.of()).rules("work");

        assertThat(new SettlementDecision("work", claim, rules, 0).after(new AttemptResult.TooNew(2, 1), null))
                .isEqualTo(new Settlement.HandBack(claim.token(), SettlementDecision.HAND_BACK_DELAY));
    }
}
