package io.jobqueue.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jobqueue.Enqueued;
import io.jobqueue.InvalidJobException;
import io.jobqueue.JobError;
import io.jobqueue.JobFailedException;
import io.jobqueue.JobId;
import io.jobqueue.JobRequest;
import io.jobqueue.JobSnapshot;
import io.jobqueue.JobState;
import io.jobqueue.LockedPayloadException;
import io.jobqueue.PayloadException;
import io.jobqueue.PayloadUpcaster;
import io.jobqueue.codec.AesGcmCipher;
import io.jobqueue.codec.DataLabel;
import io.jobqueue.codec.PayloadCipher;
import io.jobqueue.store.JobOptions;
import io.jobqueue.store.JobSpec;
import io.jobqueue.store.JobStore;
import io.jobqueue.store.NewJob;
import io.jobqueue.store.StoredJob;
import io.jobqueue.store.memory.MemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EncryptedPayloadTests {

    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final PayloadCipher OLD = cipher("old").build();
    private static final PayloadCipher NEW =
            cipher("new").key("old", key("old")).build();

    private final MemoryStore store = new MemoryStore();
    private final List<JobEngine> engines = new ArrayList<>();

    @AfterEach
    void close() {
        engines.forEach(JobEngine::close);
        store.close();
    }

    private static byte[] key(String id) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) id.hashCode());
        return key;
    }

    private static AesGcmCipher.Builder cipher(String id) {
        return AesGcmCipher.builder().key(id, key(id));
    }

    private JobEngine.Builder engine(PayloadCipher cipher) {
        return JobEngine.builder(store).cipher(cipher).claimWait(Duration.ofMillis(50));
    }

    private JobEngine built(JobEngine.Builder builder) {
        JobEngine engine = builder.build();
        engines.add(engine);
        return engine;
    }

    private JobEngine producer(PayloadCipher cipher) {
        return built(engine(cipher));
    }

    private JobEngine worker(PayloadCipher cipher) {
        JobEngine engine = built(engine(cipher)
                .handler(HandlerDefinition.of("charge", "work", String.class, (card, job) -> "charged " + card)));
        engine.start();
        return engine;
    }

    private static JobRequest charge(String id) {
        return JobRequest.of("charge", "4000-1234").queue("work").id(id).build();
    }

    private static JobId id(String id) {
        return JobId.of("work", id);
    }

    private static void enqueue(JobStore store, String id, String type, byte[] payload) {
        store.transitions()
                .enqueue(
                        "work",
                        List.of(new NewJob(
                                id,
                                new JobSpec(type, payload, 0, JobOptions.NONE),
                                JobRequest.IfFailed.KEEP,
                                Duration.ZERO,
                                null,
                                null)));
    }

    private JobError failure(JobEngine engine, String id) {
        assertThatExceptionOfType(JobFailedException.class)
                .isThrownBy(() -> engine.jobQueue().enqueueAndWait(charge(id), String.class, BOUND));
        JobSnapshot job = engine.jobQueue().find(id(id)).orElseThrow();
        assertThat(job.attempts()).isEqualTo(1);
        return Objects.requireNonNull(job.error());
    }

    private StoredJob stored(String id) {
        return store.ledger().find("work", id).orElseThrow();
    }

    private static String text(byte @Nullable [] stored) {
        return new String(Objects.requireNonNull(stored), ISO_8859_1);
    }

    @Test
    void payloadAndResultAreStoredEncryptedAndReadInClear() {
        JobEngine engine = worker(OLD);

        String result = engine.jobQueue().enqueueAndWait(charge("a"), String.class, BOUND);

        JobSnapshot job = engine.jobQueue().find(id("a")).orElseThrow();
        assertThat(result).isEqualTo("charged 4000-1234");
        assertThat(job.payload().as(String.class)).isEqualTo("4000-1234");
        assertThat(job.payload().json()).isEqualTo("\"4000-1234\"".getBytes(UTF_8));
        assertThat(job.result(String.class)).contains("charged 4000-1234");
        assertThat(text(stored("a").spec().payload())).doesNotContain("4000").contains("old");
        assertThat(text(stored("a").result())).doesNotContain("4000", "charged").contains("old");
    }

    @Test
    void keptResultIsReadInClear() {
        JobEngine engine = worker(OLD);
        engine.jobQueue().enqueueAndWait(charge("a"), String.class, BOUND);

        Enqueued again = engine.jobQueue().enqueue(charge("a"));

        assertThat(Objects.requireNonNull(again.result()).as(String.class)).isEqualTo("charged 4000-1234");
    }

    @Test
    void jobWithoutPayloadAndResultHasNothingToEncrypt() {
        JobEngine engine =
                built(engine(OLD).handler(HandlerDefinition.of("tick", "work", Void.class, (nothing, job) -> null)));
        engine.start();

        Object result =
                engine.jobQueue().enqueueAndWait(JobRequest.of("tick").id("a").build(), Object.class, BOUND);

        JobSnapshot job = engine.jobQueue().find(id("a")).orElseThrow();
        assertThat(result).isNull();
        assertThat(stored("a").spec().payload()).isEmpty();
        assertThat(job.payload().json()).isEqualTo("null".getBytes(UTF_8));
    }

    @Test
    void newKeyEncryptsAndTheOldOneIsStillRead() {
        producer(OLD).jobQueue().enqueue(charge("before"));

        String result = worker(NEW).jobQueue().enqueueAndWait(charge("before"), String.class, BOUND);

        assertThat(result).isEqualTo("charged 4000-1234");
        assertThat(text(stored("before").result())).contains("new");
    }

    @Test
    void upcastersSeeTheJson() {
        JobEngine engine = built(engine(OLD)
                .upcaster(PayloadUpcaster.of(
                        "charge",
                        1,
                        json -> new String(json, UTF_8).replace("4000", "5000").getBytes(UTF_8)))
                .handler(new HandlerDefinition(
                        "charge", "work", String.class, (card, job) -> card, JobSettings.NONE, "here", 2)));
        engine.start();

        assertThat(engine.jobQueue().enqueueAndWait(charge("a"), String.class, BOUND))
                .isEqualTo("5000-1234");
    }

    @Test
    void idOfTheContentIsThatOfTheJson() {
        JobRequest request = JobRequest.of("charge", "4000-1234").contentId().build();

        JobId plain = producer(PayloadCipher.NONE).jobQueue().enqueue(request).id();
        Enqueued again = producer(OLD).jobQueue().enqueue(request);
        Enqueued rotated = producer(NEW).jobQueue().enqueue(request);

        assertThat(again.id()).isEqualTo(plain).isEqualTo(rotated.id());
        assertThat(again.isNew()).isFalse();
    }

    @Test
    void largestPayloadIsCountedBeforeItIsEncrypted() {
        JobEngine engine = built(engine(OLD).maxPayloadBytes(11));

        engine.jobQueue().enqueue(charge("fits"));

        assertThatExceptionOfType(InvalidJobException.class)
                .isThrownBy(() -> engine.jobQueue()
                        .enqueue(JobRequest.of("charge", "4000-12345").build()))
                .withMessageContaining("12 bytes");
    }

    @Test
    void changedPayloadIsEncryptedToo() {
        JobEngine engine = producer(OLD);
        engine.jobQueue().enqueue(charge("a"));

        boolean changed = engine.jobQueue().queue("work").changePayload("a", "5000-9999");

        assertThat(changed).isTrue();
        assertThat(text(stored("a").spec().payload())).doesNotContain("5000");
        assertThat(engine.jobQueue().find(id("a")).orElseThrow().payload().as(String.class))
                .isEqualTo("5000-9999");
    }

    @Test
    void jobIsFoundWithoutItsKeyAndOnlyItsPayloadIsNot() {
        producer(NEW).jobQueue().enqueue(charge("a"));

        JobSnapshot job = producer(OLD).jobQueue().find(id("a")).orElseThrow();

        assertThat(job.state()).isEqualTo(JobState.WAITING);
        assertThat(job.payload().toString()).endsWith(" bytes");
        assertThatExceptionOfType(LockedPayloadException.class)
                .isThrownBy(() -> job.payload().json())
                .withMessageContaining("key 'new'");
    }

    @Test
    void jobOfAnUnknownKeyIsLeftToAProcessThatKnowsItAndFailsInTheEnd() {
        try (WorkerBench bench = WorkerBench.of(1, (card, job) -> card)) {
            byte[] sealed = OLD.encrypt("\"4000\"".getBytes(UTF_8), DataLabel.payload("type"));
            enqueue(bench.store, "a", "type", sealed);
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
            assertThat(error.type()).isEqualTo(JobError.UNREADABLE);
            assertThat(error.message())
                    .contains("type 'type': payload is encrypted, and this process has no keys")
                    .contains("replay the job when a process that reads it works on this queue");
        }
    }

    @Test
    void changedBytesFailTheJobWithoutAnotherAttempt() {
        byte[] changed = OLD.encrypt("\"4000-1234\"".getBytes(UTF_8), DataLabel.payload("charge"));
        changed[changed.length - 1] ^= 1;
        enqueue(store, "a", "charge", changed);

        JobError error = failure(worker(OLD), "a");

        assertThat(error.type()).isEqualTo(PayloadException.class.getName());
        assertThat(error.message())
                .contains("is not what was encrypted with key 'old'")
                .doesNotContain("4000");
    }

    @Test
    void payloadMovedToAJobOfAnotherTypeFailsIt() {
        enqueue(store, "a", "charge", OLD.encrypt("\"4000-1234\"".getBytes(UTF_8), DataLabel.payload("refund")));

        assertThat(failure(worker(OLD), "a").message()).contains("moved here from another job");
    }

    @Test
    void plainPayloadFailsTheJobUnlessItIsAllowed() {
        producer(PayloadCipher.NONE).jobQueue().enqueue(charge("refused"));
        assertThat(failure(worker(OLD), "refused").message())
                .contains("is stored plain")
                .doesNotContain("4000");
        engines.forEach(JobEngine::close);
        producer(PayloadCipher.NONE).jobQueue().enqueue(charge("read"));

        String result = worker(cipher("old").readPlain(true).build())
                .jobQueue()
                .enqueueAndWait(charge("read"), String.class, BOUND);

        assertThat(result).isEqualTo("charged 4000-1234");
    }

    @Test
    void whoeverWaitsForAResultWithoutItsKeyIsToldSo() {
        worker(NEW);
        JobEngine producer = producer(OLD);

        assertThatExceptionOfType(LockedPayloadException.class)
                .isThrownBy(() -> producer.jobQueue().enqueueAndWait(charge("a"), String.class, BOUND))
                .withMessageContaining("type 'charge': result is encrypted with key 'new'");
    }
}
