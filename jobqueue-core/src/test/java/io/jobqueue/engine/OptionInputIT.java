package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.Backoff;
import io.jobqueue.JobId;
import io.jobqueue.JobRequest;
import io.jobqueue.JobSnapshot;
import io.jobqueue.JobState;
import io.jobqueue.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every option of a job or an engine is refused with its bound, or does what it says, however far out it is. */
class OptionInputIT extends BackendBench {

    private static final Duration TEN_YEARS = Duration.ofDays(3650);
    private static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

    private static Arguments option(String says, String remedy, Consumer<JobRequest.Builder> set) {
        return Arguments.of(says, remedy, set);
    }

    static Stream<Arguments> refusedOptions() {
        return Stream.of(
                option("maxAttempts -1", "must be 1 to 10000", request -> request.maxAttempts(-1)),
                option("maxAttempts 0", "must be 1 to 10000", request -> request.maxAttempts(0)),
                option(
                        "maxAttempts 2147483647",
                        "must be 1 to 10000",
                        request -> request.maxAttempts(Integer.MAX_VALUE)),
                option("delay PT-0.001S", "give zero or more", request -> request.delay(Duration.ofMillis(-1))),
                option(
                        "delay PT87600H0.001S",
                        "give at most PT87600H",
                        request -> request.delay(TEN_YEARS.plusMillis(1))),
                option("delay PT", "give at most PT87600H", request -> request.delay(FOREVER)),
                option("delay PT-", "give zero or more", request -> request.delay(Duration.ofSeconds(Long.MIN_VALUE))),
                option(
                        "runAt +10000-01-01",
                        "give at most 9999-12-31",
                        request -> request.runAt(JobRequest.LATEST.plusSeconds(1))),
                option("runAt +1000000000", "give at most 9999-12-31", request -> request.runAt(Instant.MAX)),
                option(
                        "delay PT1S and runAt ",
                        "give one of them",
                        request -> request.delay(Duration.ofSeconds(1)).runAt(Instant.EPOCH)),
                option("timeout PT0S", "must be more than zero", request -> request.timeout(Duration.ZERO)),
                option("timeout PT-1S", "must be more than zero", request -> request.timeout(Duration.ofSeconds(-1))),
                option("timeout PT", "give at most PT87600H", request -> request.timeout(FOREVER)),
                option("retention PT-1S", "give zero or more", request -> request.retention(Duration.ofSeconds(-1))),
                option("retention PT", "give at most PT87600H", request -> request.retention(FOREVER)),
                option(
                        "backoff multiplier 0.5",
                        "must be 1 to 1000",
                        request -> request.backoff(new Backoff(TEN_YEARS, 0.5, TEN_YEARS, 0))),
                option(
                        "backoff multiplier NaN",
                        "must be 1 to 1000",
                        request -> request.backoff(new Backoff(TEN_YEARS, Double.NaN, TEN_YEARS, 0))),
                option(
                        "backoff multiplier Infinity",
                        "must be 1 to 1000",
                        request -> request.backoff(new Backoff(TEN_YEARS, Double.POSITIVE_INFINITY, TEN_YEARS, 0))),
                option(
                        "backoff jitter NaN",
                        "must be 0 to 1",
                        request -> request.backoff(new Backoff(TEN_YEARS, 1, TEN_YEARS, Double.NaN))),
                option(
                        "backoff jitter 1.5",
                        "must be 0 to 1",
                        request -> request.backoff(new Backoff(TEN_YEARS, 1, TEN_YEARS, 1.5))),
                option(
                        "backoff initial PT-1S",
                        "give zero or more",
                        request -> request.backoff(Backoff.fixed(Duration.ofSeconds(-1)))),
                option(
                        "backoff max PT1S",
                        "must be at least the initial",
                        request -> request.backoff(Backoff.exponential(TEN_YEARS, Duration.ofSeconds(1)))),
                option("version 0", "must be at least 1", request -> request.version(0)),
                option(
                        "id 'mine' and contentId",
                        "give one of them",
                        request -> request.id("mine").contentId()),
                option(
                        "headers: are 33",
                        "give at most 32",
                        request -> IntStream.range(0, 33).forEach(i -> request.header("h" + i, ""))),
                option(
                        "header 'h': has 1025 characters",
                        "shorten it to at most 1024",
                        request -> request.header("h", "x".repeat(1025))));
    }

    static Stream<Arguments> refusedSettings() {
        return Stream.of(
                setting("concurrency 0", "must be 1 to 100000", () -> new QueueSettings(0, null, JobSettings.NONE)),
                setting("concurrency -1", "must be 1 to 100000", () -> new QueueSettings(-1, null, JobSettings.NONE)),
                setting(
                        "concurrency 100001",
                        "must be 1 to 100000",
                        () -> new QueueSettings(100_001, null, JobSettings.NONE)),
                setting(
                        "lease PT0S",
                        "must be more than zero",
                        () -> new QueueSettings(1, Duration.ZERO, JobSettings.NONE)),
                setting(
                        "lease PT0.1S",
                        "must be at least PT0.5S",
                        () -> new QueueSettings(1, Duration.ofMillis(100), JobSettings.NONE)),
                setting("maxAttempts 0", "must be 1 to 10000", () -> new JobSettings(0, null, null, null, null, null)),
                setting(
                        "timeout PT0S",
                        "must be more than zero",
                        () -> new JobSettings(1, null, Duration.ZERO, null, null, null)),
                setting(
                        "completedRetention PT-1S",
                        "give zero or more",
                        () -> new JobSettings(1, null, null, Duration.ofSeconds(-1), null, null)),
                setting(
                        "failedRetention PT-1S",
                        "give zero or more",
                        () -> new JobSettings(1, null, null, null, Duration.ofSeconds(-1), null)),
                setting(
                        "cancelledRetention PT-1S",
                        "give zero or more",
                        () -> new JobSettings(1, null, null, null, null, Duration.ofSeconds(-1))));
    }

    private static Arguments setting(String says, String remedy, Runnable make) {
        return Arguments.of(says, remedy, make);
    }

    @ParameterizedTest
    @MethodSource("refusedOptions")
    void optionOutOfBoundsIsRefused(String says, String remedy, Consumer<JobRequest.Builder> set) {
        assertRefused(
                () -> {
                    JobRequest.Builder request = JobRequest.of(TYPE, "x");
                    set.accept(request);
                    queue.enqueue(request.build());
                },
                says,
                remedy);
    }

    @ParameterizedTest
    @MethodSource("refusedSettings")
    void settingOutOfBoundsIsRefused(String says, String remedy, Runnable make) {
        assertRefused(make::run, says, remedy);
    }

    @Test
    void engineOptionOutOfBoundsIsRefused() {
        JobEngine.Builder builder = JobEngine.builder(store);

        assertRefused(() -> builder.maxPayloadBytes(0), "maxPayloadBytes 0", "must be at least 1");
        assertRefused(() -> builder.claimWait(Duration.ZERO), "claimWait PT0S", "must be more than zero");
        assertRefused(() -> builder.shutdownTimeout(FOREVER), "shutdownTimeout PT", "give at most");
        assertRefused(
                () -> builder.interruptGrace(Duration.ofSeconds(-1)), "interruptGrace PT-1S", "give zero or more");
    }

    @Test
    @SuppressWarnings("NullAway") // what a caller without null checks may do
    void waitOutOfBoundsIsRefused() {
        JobRequest request = JobRequest.of(TYPE, "x").build();

        assertRefused(
                () -> queue.enqueueAndWait(request, String.class, Duration.ZERO),
                "timeout PT0S",
                "must be more than zero");
        assertRefused(() -> queue.enqueueAndWait(request, String.class, FOREVER), "timeout PT", "give at most");
        assertRefused(() -> queue.enqueueAndWait(request, null, BOUND), "resultType: is null", "give the class");
    }

    static Stream<Arguments> dueTimes() {
        return Stream.of(
                Arguments.of(JobRequest.LATEST, JobState.SCHEDULED),
                Arguments.of(Instant.parse("2100-02-28T23:59:59.999Z"), JobState.SCHEDULED),
                Arguments.of(Instant.EPOCH, JobState.WAITING),
                Arguments.of(Instant.parse("1900-01-01T00:00:00Z"), JobState.WAITING),
                Arguments.of(Instant.MIN, JobState.WAITING));
    }

    @ParameterizedTest
    @MethodSource("dueTimes")
    void dueTimeFarAwayIsKeptAndOneThatHasPassedIsNow(Instant runAt, JobState state) {
        JobSnapshot job = queue.find(
                        queue.enqueue(JobRequest.of(TYPE, "x").runAt(runAt).build())
                                .id())
                .orElseThrow();

        assertThat(job.state()).isEqualTo(state);
        if (state == JobState.SCHEDULED) {
            assertThat(job.dueAt()).isEqualTo(runAt);
        }
    }

    @Test
    void tenYearsAreADelay() {
        JobSnapshot job = queue.find(
                        queue.enqueue(JobRequest.of(TYPE, "x").delay(TEN_YEARS).build())
                                .id())
                .orElseThrow();

        assertThat(job.state()).isEqualTo(JobState.SCHEDULED);
        assertThat(Duration.between(job.createdAt(), job.dueAt())).isEqualTo(TEN_YEARS);
    }

    @Test
    void everyIntIsAPriorityAndHigherGoesFirst() {
        int[] priorities = {0, Integer.MIN_VALUE, 1, Integer.MAX_VALUE, -1, Integer.MAX_VALUE - 1, Integer.MIN_VALUE + 1
        };
        BlockingQueue<Integer> seen = new LinkedBlockingQueue<>();
        JobEngine worker = engine(
                (payload, job) -> seen.add((Integer) payload),
                options -> options.defaults(new QueueSettings(1, null, JobSettings.NONE)));
        for (int priority : priorities) {
            queue.enqueue(JobRequest.of(TYPE, priority).priority(priority).build());
        }

        worker.start();

        eventually(() -> seen.size() == priorities.length);
        assertThat(seen)
                .containsExactly(
                        Integer.MAX_VALUE, Integer.MAX_VALUE - 1, 1, 0, -1, Integer.MIN_VALUE + 1, Integer.MIN_VALUE);
    }

    @Test
    void optionsAtTheirFarEndRunAJob() {
        JobRequest request = JobRequest.of(TYPE, "x")
                .maxAttempts(JobRequest.MOST_ATTEMPTS)
                .timeout(TEN_YEARS)
                .retention(TEN_YEARS)
                .backoff(new Backoff(TEN_YEARS, 1000, TEN_YEARS, TEN_YEARS, 1))
                .priority(Integer.MIN_VALUE)
                .build();
        engine.start();

        assertThat(queue.enqueueAndWait(request, String.class, TEN_YEARS)).isEqualTo("x");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 1_000, 10_000, Integer.MAX_VALUE})
    void backoffNeverOverflows(int attempt) {
        Backoff steep = new Backoff(Duration.ofMillis(1), 1000, TEN_YEARS, TEN_YEARS, 1);

        assertThat(steep.delayAfter(attempt, 0.999)).isBetween(Duration.ofMillis(1), TEN_YEARS.multipliedBy(2));
    }

    @Test
    void delayOfABackoffBeyondTheBoundIsTheBound() {
        JobEngine worker = failing(failed -> Optional.of(FOREVER));
        worker.start();

        JobSnapshot job = await(queue.enqueue(TYPE, "x").id(), JobState.SCHEDULED);

        assertThat(job.dueAt())
                .isBetween(
                        job.createdAt().plus(TEN_YEARS),
                        job.createdAt().plus(TEN_YEARS).plus(BOUND));
    }

    @SuppressWarnings("NullAway") // what a policy without null checks may do
    static Stream<RetryPolicy> policiesThatSayNoMore() {
        return Stream.of(
                failed -> null,
                failed -> Optional.empty(),
                failed -> Optional.of(Duration.ofMillis(-1)),
                failed -> {
                    throw new IllegalStateException("no policy");
                },
                failed -> {
                    throw new StackOverflowError();
                });
    }

    @ParameterizedTest
    @MethodSource("policiesThatSayNoMore")
    void policyWithoutAUsableAnswerFailsTheJob(RetryPolicy policy) {
        JobEngine worker = failing(policy);
        worker.start();

        JobSnapshot job = await(queue.enqueue(TYPE, "x").id(), JobState.FAILED);

        assertThat(job.attempts()).isOne();
        assertThat(Objects.requireNonNull(job.error()).message()).isEqualTo("handler failed");
    }

    @Test
    void retentionOfZeroRemovesTheJobAtOnce() {
        engine.start();
        JobRequest request =
                JobRequest.of(TYPE, "x").id("gone").retention(Duration.ZERO).build();

        assertThat(queue.enqueueAndWait(request, String.class, BOUND)).isEqualTo("x");

        eventually(() -> queue.find(JobId.of(QUEUE, "gone")).isEmpty());
    }

    @Test
    void oneAttemptIsOne() {
        JobEngine worker = failing(RetryPolicy.backoff(Backoff.fixed(Duration.ZERO)));
        worker.start();

        JobSnapshot once = await(
                queue.enqueue(JobRequest.of(TYPE, "x").maxAttempts(1).build()).id(), JobState.FAILED);
        JobSnapshot twice = await(
                queue.enqueue(JobRequest.of(TYPE, "x").maxAttempts(2).build()).id(), JobState.FAILED);

        assertThat(List.of(once.attempts(), twice.attempts())).containsExactly(1, 2);
    }

    private JobEngine failing(RetryPolicy policy) {
        return engine(
                (payload, job) -> {
                    throw new IllegalArgumentException("handler failed");
                },
                options -> options.defaults(
                        new QueueSettings(1, null, new JobSettings(3, policy, null, null, null, null))));
    }
}
