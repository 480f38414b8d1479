package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.Dedup;
import io.jobqueue.Enqueued;
import io.jobqueue.JobId;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.JobState;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every id and dedup key is refused at once or means exactly itself. */
class KeyInputIT extends BackendBench {

    private static final List<BiConsumer<JobQueue, String>> USES_OF_AN_ID = List.of(
            (queue, id) -> queue.enqueue(JobRequest.of(TYPE, "x").id(id).build()),
            (queue, id) -> queue.find(JobId.of(QUEUE, id)),
            (queue, id) -> queue.cancel(JobId.of(QUEUE, id)),
            (queue, id) -> queue.history(JobId.of(QUEUE, id)),
            JobQueue::locate,
            (queue, id) -> queue.queue(QUEUE).remove(id),
            (queue, id) -> queue.queue(QUEUE).replay(id),
            (queue, id) -> queue.queue(QUEUE).promote(id),
            (queue, id) -> queue.queue(QUEUE).changePriority(id, 1),
            (queue, id) -> queue.queue(QUEUE).changeDelay(id, Duration.ZERO),
            (queue, id) -> queue.queue(QUEUE).changePayload(id, "x"),
            (queue, id) -> queue.queue(QUEUE).retain(id, Duration.ZERO),
            (queue, id) -> queue.queue(QUEUE).log(id),
            (queue, id) -> queue.queue(QUEUE).states(Arrays.asList(id)));

    /** Texts that are no names and keys all the same. */
    private static final List<String> KEYS_THAT_ARE_NO_NAMES = List.of(
            " ",
            "\u0000",
            "a\u0000b",
            "a\r\nb",
            "a\tb",
            "\u001b[31mred",
            "a\u2028b",
            "a\u202eb",
            "\ufeff",
            "\ufffd",
            "?",
            "k".repeat(256),
            "k".repeat(257),
            "k".repeat(Dedup.LONGEST_KEY),
            "\u00e9".repeat(Dedup.LONGEST_KEY / 2),
            "\ud83e\uddf5".repeat(Dedup.LONGEST_KEY / 4));

    static Stream<Arguments> badIdsInEveryUse() {
        return USES_OF_AN_ID.stream()
                .flatMap(use -> Arrays.stream(BadName.values()).map(name -> Arguments.of(use, name)));
    }

    static Stream<String> keys() {
        return Stream.concat(OddName.all().filter(name -> name.length() < 255), KEYS_THAT_ARE_NO_NAMES.stream());
    }

    static Stream<Arguments> badKeys() {
        return Stream.of(
                Arguments.of(null, "dedup key: is null", "give 1 to 1024 bytes"),
                Arguments.of("", "dedup key: is empty", "give 1 to 1024 bytes"),
                Arguments.of("k".repeat(1025), "dedup key '" + "k".repeat(64) + "…': has 1025 bytes", "shorten it"),
                Arguments.of("\u00e9".repeat(513), "dedup key '", "has 1026 bytes; shorten it to at most 1024"),
                Arguments.of("k".repeat(70_000), "dedup key '" + "k".repeat(64) + "…': has 70000 bytes", "shorten it"),
                Arguments.of("a\ud83d", "dedup key 'a\\uD83D': character U+D83D at position 1", "remove it"),
                Arguments.of("\ude00", "dedup key '\\uDE00': character U+DE00 at position 0", "remove it"));
    }

    @ParameterizedTest
    @MethodSource("badIdsInEveryUse")
    @SuppressWarnings("NullAway") // what a caller without null checks may do
    void badIdIsRefusedWhereverItIsUsed(BiConsumer<JobQueue, String> use, BadName id) {
        assertRefused(() -> use.accept(queue, id.text), "job id", id.says);
        assertRefused(() -> use.accept(queue, id.text), "job id", id.remedy);
    }

    @Test
    void idInUseIsAnsweredWithTheStateOfItsJob() {
        JobRequest request = JobRequest.of(TYPE, "first").id("mine").build();
        queue.enqueue(request);

        Enqueued again = queue.enqueue(JobRequest.of(TYPE, "second").id("mine").build());

        assertThat(again)
                .returns(Enqueued.Status.DUPLICATE, Enqueued::status)
                .returns(JobState.WAITING, Enqueued::state);
        assertThat(queue.find(again.id()).orElseThrow().payload().as(String.class))
                .isEqualTo("first");
    }

    @Test
    void idOfACompletedJobIsAnsweredWithItsResult() {
        JobRequest request = JobRequest.of(TYPE, "first").id("mine").build();
        engine.start();
        queue.enqueueAndWait(request, String.class, BOUND);

        Enqueued again = queue.enqueue(JobRequest.of(TYPE, "second").id("mine").build());

        assertThat(again.status()).isEqualTo(Enqueued.Status.COMPLETED);
        assertThat(Objects.requireNonNull(again.result()).as(String.class)).isEqualTo("first");
    }

    @ParameterizedTest
    @MethodSource("keys")
    void keyIsHeldByItsFirstJobAndByNoOtherKey(String key) {
        Enqueued other = queue.enqueue(
                JobRequest.of(TYPE, "x").dedup(Dedup.untilTerminal("another")).build());
        Enqueued first = queue.enqueue(
                JobRequest.of(TYPE, "x").dedup(Dedup.untilTerminal(key)).build());
        Enqueued second = queue.enqueue(
                JobRequest.of(TYPE, "x").dedup(Dedup.untilTerminal(key)).build());

        assertThat(List.of(other, first)).allMatch(Enqueued::isNew);
        assertThat(second).returns(Enqueued.Status.DUPLICATE, Enqueued::status).returns(first.id(), Enqueued::id);
    }

    @Test
    void allKeysAreHeldBesideEachOther() {
        List<JobRequest> requests = keys().distinct()
                .map(key ->
                        JobRequest.of(TYPE, "x").dedup(Dedup.untilTerminal(key)).build())
                .toList();

        assertThat(queue.enqueueAll(requests)).allMatch(Enqueued::isNew);
        assertThat(queue.enqueueAll(requests)).noneMatch(Enqueued::isNew);
    }

    @ParameterizedTest
    @MethodSource("badKeys")
    void badKeyIsRefused(String key, String says, String remedy) {
        assertRefused(
                () -> queue.enqueue(
                        JobRequest.of(TYPE, "x").dedup(Dedup.untilTerminal(key)).build()),
                says,
                remedy);
    }

    @ParameterizedTest
    @EnumSource
    @SuppressWarnings("NullAway") // what a caller without null checks may do
    void keyWithoutWhatItsModeNeedsIsRefused(Dedup.Mode mode) {
        boolean timed = mode == Dedup.Mode.WINDOW || mode == Dedup.Mode.UNTIL_TERMINAL_OR_TTL;
        Duration wrong = timed ? null : Duration.ofDays(1);

        assertRefused(() -> new Dedup("key", mode, wrong), "dedup " + mode, timed ? "give one" : "leave it out");
        assertRefused(() -> new Dedup("key", null, null), "dedup mode: is null", "give one of [UNTIL_TERMINAL, ");
        assertRefused(() -> Dedup.window("key", Duration.ZERO), "dedup ttl PT0S", "must be more than zero");
        assertRefused(() -> Dedup.window("key", Duration.ofSeconds(Long.MAX_VALUE)), "dedup ttl PT", "give at most");
    }
}
