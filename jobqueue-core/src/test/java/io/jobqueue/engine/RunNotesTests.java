package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.Attributes;
import io.jobqueue.InvalidJobException;
import io.jobqueue.JobContext;
import io.jobqueue.JobSnapshot;
import io.jobqueue.JobState;
import io.jobqueue.LeaseLostException;
import io.jobqueue.LogLine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a handler leaves with its job by its context. */
class RunNotesTests {

    private static final String SMILE = "\ud83d\ude00";

    @Test
    void attributesOfARunAreSeenAtOnceAndKeptWithTheEndedJob() {
        try (WorkerBench bench = WorkerBench.of(1, (payload, job) -> {
            job.attribute("customer", "ada");
            job.attributes(Map.of("rows", 7, "share", 0.5f, "checked", true));
            job.attribute("checked", null);
            return null;
        })) {
            bench.enqueue("a");

            bench.work();

            JobSnapshot ended = bench.job("a");
            assertThat(ended.state()).isEqualTo(JobState.COMPLETED);
            assertThat(ended.attributes())
                    .containsExactly(Map.entry("customer", "ada"), Map.entry("rows", 7L), Map.entry("share", 0.5))
                    .isUnmodifiable();
        }
    }

    @Test
    void jobThatLeavesNothingHasNoAttributesAndNoLog() {
        try (WorkerBench bench = WorkerBench.of(1, (payload, job) -> {
            job.attributes(Map.of());
            job.log("");
            return null;
        })) {
            bench.enqueue("a");

            bench.work();

            assertThat(bench.job("a").attributes()).isEmpty();
            assertThat(log(bench)).isEmpty();
            assertThat(bench.store.calls("attributes")).isZero();
        }
    }

    @Test
    void textWithLineBreaksBecomesLines() {
        try (WorkerBench bench = WorkerBench.of(1, (payload, job) -> null)) {
            RunningJob job = claimed(bench);

            job.log("one\r\n\ttwo\n\nfour\u0007");

            assertThat(log(bench)).containsExactly("one", "    two", "", "four\\u0007");
        }
    }

    @Test
    void longLineIsCutBetweenCharacters() {
        try (WorkerBench bench = WorkerBench.of(1, (payload, job) -> null)) {
            RunningJob job = claimed(bench);

            job.log("x".repeat(LogLine.MAX_TEXT));
            job.log("x".repeat(LogLine.MAX_TEXT - 2) + SMILE + "x");
            job.log("\u0001".repeat(LogLine.MAX_TEXT));

            List<String> lines = log(bench);
            assertThat(lines.get(0)).isEqualTo("x".repeat(LogLine.MAX_TEXT));
            assertThat(lines.get(1)).isEqualTo("x".repeat(LogLine.MAX_TEXT - 2) + "…");
            assertThat(lines.get(2))
                    .hasSize(LogLine.MAX_TEXT)
                    .startsWith("\\u0001")
                    .endsWith("…");
        }
    }

    @Test
    void lastLinesOfALongTextAreKept() {
        try (WorkerBench bench = WorkerBench.of(1, (payload, job) -> null)) {
            RunningJob job = claimed(bench);

            job.log("line\n".repeat(500) + "last");

            assertThat(log(bench)).hasSize(LogLine.MOST).last().isEqualTo("last");
        }
    }

    static Stream<Map<String, @Nullable Object>> attributesOutOfBounds() {
        return Stream.of(
                one("", 1),
                one("a\nb", 1),
                one("list", List.of(1)),
                one("text", "x".repeat(Attributes.MAX_TEXT + 1)),
                one("text", SMILE.substring(1)),
                one("number", Double.NaN),
                one("number", Float.POSITIVE_INFINITY),
                numbered(Attributes.MOST_CHANGES + 1));
    }

    @ParameterizedTest
    @MethodSource
    void attributesOutOfBounds(Map<String, @Nullable Object> changes) {
        try (WorkerBench bench = WorkerBench.of(1, (payload, job) -> null)) {
            RunningJob job = claimed(bench);

            assertThatThrownBy(() -> job.attributes(changes))
                    .isInstanceOf(InvalidJobException.class)
                    .hasMessageContaining("attribute");

            assertThat(bench.store.calls("attributes")).isZero();
            assertThat(job.isCancelled()).isFalse();
        }
    }

    @Test
    void tooManyAttributesAreRefusedByName() {
        try (WorkerBench bench = WorkerBench.of(1, (payload, job) -> null)) {
            RunningJob job = claimed(bench);
            job.attributes(numbered(Attributes.MOST));

            assertThatThrownBy(() -> job.attribute("one-more", 1))
                    .isInstanceOf(InvalidJobException.class)
                    .hasMessageContaining("work/a")
                    .hasMessageContaining("more than 32 attributes")
                    .hasMessageContaining("one-more");

            assertThat(bench.job("a").attributes()).hasSize(Attributes.MOST).doesNotContainKey("one-more");
            assertThat(job.isCancelled()).isFalse();
        }
    }

    static Stream<Consumer<JobContext>> notes() {
        return Stream.of(job -> job.attribute("x", 1), job -> job.log("x"), job -> job.progress(1));
    }

    @ParameterizedTest
    @MethodSource("notes")
    void noteOfALostClaimStopsTheRun(Consumer<JobContext> note) {
        try (WorkerBench bench = WorkerBench.of(1, (payload, job) -> null)) {
            RunningJob job = claimed(bench);
            bench.store.transitions().reconcile(job.lease().session(), List.of());

            assertThatThrownBy(() -> note.accept(job)).isInstanceOf(LeaseLostException.class);

            assertThat(job.isCancelled()).isTrue();
            assertThat(bench.job("a").attributes()).isEmpty();
            assertThat(log(bench)).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("notes")
    void noteThatCannotBeStoredFailsNoRun(Consumer<JobContext> note) {
        try (WorkerBench bench = WorkerBench.of(1, (payload, job) -> null)) {
            RunningJob job = claimed(bench);

            bench.store.refuse();
            note.accept(job);
            bench.store.heal();

            assertThat(job.isCancelled()).isFalse();
            assertThat(bench.job("a").attributes()).isEmpty();
            assertThat(log(bench)).isEmpty();
        }
    }

    private static RunningJob claimed(WorkerBench bench) {
        bench.enqueue("a");
        bench.settle();
        return bench.worker.lease().current().jobs().iterator().next();
    }

    private static List<String> log(WorkerBench bench) {
        return bench.queue.queue(WorkerBench.QUEUE).log("a").stream()
                .map(LogLine::text)
                .toList();
    }

    private static Map<String, @Nullable Object> one(String name, Object value) {
        Map<String, @Nullable Object> one = new LinkedHashMap<>();
        one.put(name, value);
        return one;
    }

    private static Map<String, @Nullable Object> numbered(int count) {
        Map<String, @Nullable Object> numbered = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            numbered.put("n-" + i, i);
        }
        return numbered;
    }
}
