package io.jobqueue.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.Enqueued;
import io.jobqueue.JobRequest;
import io.jobqueue.JobSnapshot;
import io.jobqueue.JobState;
import io.jobqueue.PayloadException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every payload is refused before it is stored, or reaches its handler exactly; no payload chooses a class. */
class PayloadInputIT extends BackendBench {

    private static final String RAW = "raw";
    private static final int DEEPEST = 200;

    /** A payload of plain fields. */
    record Numbers(long exact, long largest, double negativeZero, double notANumber, BigInteger huge) {}

    private static Object nested(int depth) {
        Object value = "deep";
        for (int i = 0; i < depth; i++) {
            value = List.of(value);
        }
        return value;
    }

    static Stream<Object> payloadsThatComeBack() {
        return Stream.of(
                Map.of(),
                List.of(),
                "",
                " ",
                0,
                false,
                Map.of("list", List.of(), "object", Map.of()),
                (1L << 53) + 1,
                Long.MAX_VALUE,
                Long.MIN_VALUE,
                new BigInteger("7".repeat(400)),
                -0.0,
                Double.MIN_VALUE,
                Double.MAX_VALUE,
                "\u0000\t\r\n\u001b\u2028\u202e\ufeff",
                "\ud83e\uddf5",
                "a\ud83d",
                "\ude00b",
                List.of("a\ud83d\ud83d"),
                "rO0ABXNyABFqYXZhLnV0aWwuSGFzaE1hcA==",
                "H4sIAAAAAAAAA0vOzy0oSi0uTk0BAF8wJ5oKAAAA",
                Map.of("", "empty key", "a.b", 1, "__proto__", Map.of("admin", true), "k".repeat(3_000), 2),
                Map.of("@class", "com.sun.rowset.JdbcRowSetImpl", "dataSourceName", "ldap://x", "autoCommit", true),
                List.of("com.sun.rowset.JdbcRowSetImpl", Map.of()),
                nested(DEEPEST - 1),
                nested(DEEPEST));
    }

    static Stream<Arguments> payloadsThatAreRefused() {
        Map<String, Object> cycle = new LinkedHashMap<>();
        cycle.put("self", cycle);
        return Stream.of(
                Arguments.of(nested(DEEPEST + 1), "java.util.ImmutableCollections", "give it readable properties"),
                Arguments.of(nested(1_001), "java.util.ImmutableCollections", "give it readable properties"),
                Arguments.of(nested(100_000), "java.util.ImmutableCollections", "give it readable properties"),
                Arguments.of(cycle, "java.util.LinkedHashMap", "give it readable properties"),
                Arguments.of(
                        Map.of("k".repeat(LARGEST), 1), "type 'echo': payload has 4102 bytes", "enqueue a reference"),
                Arguments.of("x".repeat(5_000_000), "type 'echo': payload has 5000002 bytes", "enqueue a reference"));
    }

    @ParameterizedTest
    @MethodSource("payloadsThatComeBack")
    void payloadReachesTheHandlerAndComesBackExactly(Object payload) {
        engine.start();

        Class<?> readAs = payload instanceof Map || payload instanceof List ? Object.class : payload.getClass();

        Object result = queue.enqueueAndWait(JobRequest.of(TYPE, payload).build(), readAs, BOUND);

        assertThat(result).isEqualTo(payload);
    }

    @ParameterizedTest
    @MethodSource("payloadsThatAreRefused")
    void payloadThatWouldNotComeBackIsRefused(Object payload, String says, String remedy) {
        assertRefused(() -> queue.enqueue(TYPE, payload), says, remedy);
        assertRefused(
                () -> queue.enqueueAll(List.of(
                        JobRequest.of(TYPE, "fine").build(),
                        JobRequest.of(TYPE, payload).build())),
                "request 1 of 2: " + says,
                "nothing was stored");
    }

    @Test
    @SuppressWarnings("NullAway") // what a caller without null checks may do
    void nullIsRefusedAndNoPayloadIsNone() {
        assertRefused(() -> queue.enqueue(TYPE, null), "type 'echo': payload is null", "use JobRequest.of(type)");
        assertRefused(
                () -> JobRequest.of("t".repeat(200), null), "type '" + "t".repeat(64) + "…'", "use JobRequest.of");
        assertRefused(() -> queue.enqueue((Object) null), "payload: is null", "use JobRequest.of(type)");

        engine.start();

        assertThat(queue.enqueueAndWait(JobRequest.of(TYPE).build(), Object.class, BOUND))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0})
    void payloadUpToTheLimitIsTaken(int beyond) {
        String payload = "x".repeat(LARGEST + beyond - 2);
        engine.start();

        assertThat(queue.enqueueAndWait(JobRequest.of(TYPE, payload).build(), String.class, BOUND))
                .isEqualTo(payload);
    }

    @Test
    void payloadBeyondTheLimitIsRefusedAndNotRepeated() {
        assertRefused(
                () -> queue.enqueue(TYPE, "x".repeat(LARGEST - 1)),
                "type 'echo': payload has 4097 bytes; keep it under 4096",
                "store it elsewhere and enqueue a reference");
    }

    @Test
    void resultBeyondTheLimitFailsTheJobForGood() {
        JobEngine worker = engine((payload, job) -> "x".repeat(LARGEST), options -> options);
        worker.start();

        JobSnapshot job = await(queue.enqueue(TYPE, "x").id(), JobState.FAILED);

        assertThat(job.attempts()).isOne();
        assertThat(Objects.requireNonNull(job.error()).message()).contains("result has 4098 bytes");
    }

    @Test
    void fieldsOfARecordComeBackToTheBit() {
        Numbers numbers =
                new Numbers((1L << 53) + 1, Long.MAX_VALUE, -0.0, Double.NaN, new BigInteger("9".repeat(400)));
        BlockingQueue<Numbers> seen = new LinkedBlockingQueue<>();
        try (JobEngine worker = JobEngine.builder(store)
                .handler(HandlerDefinition.of("numbers", "numbers", Numbers.class, (payload, job) -> {
                    seen.add(payload);
                    return payload;
                }))
                .build()) {
            worker.start();

            Numbers result = worker.jobQueue()
                    .enqueueAndWait(JobRequest.of("numbers", numbers).build(), Numbers.class, BOUND);

            assertThat(seen).containsExactly(numbers);
            assertThat(result).isEqualTo(numbers);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void numberThatJsonDoesNotKnowIsReadAsANumber(double number) {
        Enqueued enqueued = queue.enqueue(TYPE, number);

        JobSnapshot job = queue.find(enqueued.id()).orElseThrow();

        assertThat(job.payload().as(Double.class)).isEqualTo(Double.valueOf(number));
    }

    @Test
    void decimalKeepsEveryDigit() {
        BigDecimal decimal = new BigDecimal("1." + "0".repeat(300) + "10");

        JobSnapshot job = queue.find(queue.enqueue(TYPE, decimal).id()).orElseThrow();

        assertThat(job.payload().as(BigDecimal.class)).isEqualTo(decimal);
    }

    /** Bytes that a codec of the application's, or whoever writes to the store, may have stored. */
    static Stream<Arguments> strangeBytesThatAreRead() {
        return Stream.of(
                Arguments.of("[]", List.of()),
                Arguments.of("{}", Map.of()),
                Arguments.of("{\"a\":1,\"a\":2}", Map.of("a", 2)),
                Arguments.of(
                        "{\"@class\":\"java.io.File\",\"path\":\"/\"}", Map.of("@class", "java.io.File", "path", "/")),
                Arguments.of("[\"java.io.File\",[\"/\"]]", List.of("java.io.File", List.of("/"))),
                Arguments.of(
                        "[\"com.sun.rowset.JdbcRowSetImpl\",{}]", List.of("com.sun.rowset.JdbcRowSetImpl", Map.of())),
                Arguments.of("\u00ef\u00bb\u00bf1", 1),
                Arguments.of("9223372036854775807", Long.MAX_VALUE));
    }

    @ParameterizedTest
    @MethodSource("strangeBytesThatAreRead")
    void classHintsAndOtherStrangeJsonAreOnlyData(String bytes, Object read) {
        BlockingQueue<Object> seen = new LinkedBlockingQueue<>();
        JobEngine worker = raw(seen);
        worker.start();

        JobSnapshot job = await(worker.jobQueue().enqueue(RAW, bytes).id(), JobState.COMPLETED);

        assertThat(seen).containsExactly(read);
        assertThat(job.payload().json()).isEqualTo(bytes.getBytes(ISO_8859_1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                "{",
                "{\"a\":1",
                "1 2",
                "NaN",
                "\"\u00ff\u00fe\"",
                "\"\u00c3\"",
                "\"\u00ed\u00a0\u0080\"",
                "\u00ac\u00ed\u0000\u0005sr\u0000\u0011java.util.HashMap",
                "rO0ABXNyABFqYXZhLnV0aWwuSGFzaE1hcA==",
                "\u001f\u008b\u0008\u0000",
                "\u0000"
            })
    void bytesThatAreNoJsonFailTheJobWithoutTheHandler(String bytes) {
        BlockingQueue<Object> seen = new LinkedBlockingQueue<>();
        JobEngine worker = raw(seen);
        worker.start();

        JobSnapshot job = await(worker.jobQueue().enqueue(RAW, bytes).id(), JobState.FAILED);

        assertThat(seen).isEmpty();
        assertThat(job).returns(1, JobSnapshot::attempts);
        assertThat(Objects.requireNonNull(job.error()).type()).isEqualTo(PayloadException.class.getName());
        assertThat(job.payload().json()).isEqualTo(bytes.getBytes(ISO_8859_1));
    }

    @Test
    void nestingBeyondTheLimitFailsTheJobWithoutTheHandler() {
        BlockingQueue<Object> seen = new LinkedBlockingQueue<>();
        JobEngine worker = raw(seen);
        worker.start();

        JobSnapshot job = await(
                worker.jobQueue()
                        .enqueue(RAW, "[".repeat(2_000) + "]".repeat(2_000))
                        .id(),
                JobState.FAILED);

        assertThat(seen).isEmpty();
        assertThat(Objects.requireNonNull(job.error()).message())
                .contains("does not fit")
                .hasSizeLessThan(640);
    }

    private JobEngine raw(BlockingQueue<Object> seen) {
        return engine(
                (payload, job) -> payload,
                options -> options.codec(RAW, new RawJson())
                        .handler(HandlerDefinition.of(RAW, QUEUE, Object.class, (payload, job) -> {
                            seen.add(payload);
                            return null;
                        })));
    }
}
