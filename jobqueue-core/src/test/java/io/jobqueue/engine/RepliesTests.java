package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.InvalidJobException;
import io.jobqueue.JobCancelledException;
import io.jobqueue.JobFailedException;
import io.jobqueue.JobId;
import io.jobqueue.JobQueue;
import io.jobqueue.JobQueueException;
import io.jobqueue.JobRequest;
import io.jobqueue.JobState;
import io.jobqueue.JobWaitTimeoutException;
import io.jobqueue.PayloadException;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.store.memory.MemoryStore;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RepliesTests {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final WorkerBench bench = WorkerBench.of(10, (payload, job) -> {
        if (payload.startsWith("bad")) {
            throw new IllegalStateException("no luck");
        }
        return payload.equals("nothing") ? null : "done " + payload;
    });
    private final JobQueue queue = bench.queue;

    @AfterEach
    void close() {
        bench.close();
    }

    private static JobRequest request(String payload) {
        return JobRequest.of("type", payload).maxAttempts(1).build();
    }

    private static JobRequest named(String id) {
        return JobRequest.of("type", id).id(id).maxAttempts(1).build();
    }

    private CompletableFuture<@Nullable String> ask(JobRequest request) {
        return queue.enqueueForResult(request, String.class, LONG);
    }

    private static @Nullable String get(CompletableFuture<@Nullable String> future) throws Exception {
        return future.get(LONG.toSeconds(), TimeUnit.SECONDS);
    }

    private static @Nullable Throwable failure(CompletableFuture<@Nullable String> future) throws Exception {
        try {
            throw new AssertionError("ended with " + get(future));
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }

    @Test
    void futureEndsWithTheResult() throws Exception {
        CompletableFuture<@Nullable String> result = ask(request("a"));
        assertThat(result).isNotDone();

        bench.work();

        assertThat(get(result)).isEqualTo("done a");
    }

    @Test
    void nothingIsAResult() throws Exception {
        CompletableFuture<@Nullable String> result = ask(request("nothing"));
        CompletableFuture<@Nullable Void> ignored = queue.enqueueForResult(request("a"), Void.class, LONG);

        bench.work();

        assertThat(get(result)).isNull();
        assertThat(ignored.get(20, TimeUnit.SECONDS)).isNull();
    }

    @Test
    void keptResultIsReturnedAtOnce() {
        bench.enqueue("a");
        bench.work();

        assertThat(queue.enqueueAndWait(named("a"), String.class, LONG)).isEqualTo("done a");
    }

    @Test
    void failureReachesTheCallerAsText() throws Exception {
        CompletableFuture<@Nullable String> result = ask(request("bad"));

        bench.work();

        assertThat(failure(result))
                .isInstanceOfSatisfying(
                        JobFailedException.class,
                        e -> assertThat(e.error().summary()).isEqualTo("java.lang.IllegalStateException: no luck"));
    }

    @Test
    void keptFailureReachesTheNextCaller() {
        bench.enqueue(JobRequest.of("type", "bad").id("bad").maxAttempts(1));
        bench.work();

        assertThatThrownBy(() -> queue.enqueueAndWait(named("bad"), String.class, LONG))
                .isInstanceOf(JobFailedException.class)
                .hasMessageContaining("no luck");
    }

    @Test
    void cancelReachesTheCaller() throws Exception {
        CompletableFuture<@Nullable String> result = ask(named("a"));

        queue.cancel(JobId.of(WorkerBench.QUEUE, "a"));

        assertThat(failure(result)).isInstanceOf(JobCancelledException.class);
    }

    @Test
    void manyCallersWaitForOneJob() throws Exception {
        List<CompletableFuture<@Nullable String>> results = List.of(ask(named("a")), ask(named("a")), ask(named("a")));

        bench.work();

        for (CompletableFuture<@Nullable String> result : results) {
            assertThat(get(result)).isEqualTo("done a");
        }
        assertThat(bench.queue.counts(WorkerBench.QUEUE).completed()).isEqualTo(1);
    }

    @Test
    void runningJobIsJoined() throws Exception {
        bench.enqueue("a");
        bench.settle();

        CompletableFuture<@Nullable String> result = ask(named("a"));
        bench.work();

        assertThat(get(result)).isEqualTo("done a");
    }

    @Test
    void timeoutEndsTheWaitNotTheJob() {
        assertThatThrownBy(() -> queue.enqueueAndWait(named("a"), String.class, Duration.ofMillis(20)))
                .isInstanceOf(JobWaitTimeoutException.class);
        assertThat(bench.store.calls("forget")).isEqualTo(1);

        bench.work();

        assertThat(bench.job("a").state()).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void timeoutOfOneCallerLeavesTheOthersWaiting() throws Exception {
        CompletableFuture<@Nullable String> other = ask(named("a"));

        assertThatThrownBy(() -> queue.enqueueAndWait(named("a"), String.class, Duration.ofMillis(20)))
                .isInstanceOf(JobWaitTimeoutException.class);
        assertThat(bench.store.calls("forget")).isZero();
        bench.work();

        assertThat(get(other)).isEqualTo("done a");
    }

    @Test
    void timeoutOfAFutureEndsTheWaitNotTheJob() throws Exception {
        CompletableFuture<@Nullable String> result =
                queue.enqueueForResult(named("a"), String.class, Duration.ofMillis(20));

        assertThat(failure(result)).isInstanceOf(JobWaitTimeoutException.class);
        assertThat(bench.store.calls("forget")).isEqualTo(1);
    }

    @Test
    void cancelledFutureIsForgotten() throws Exception {
        CompletableFuture<@Nullable String> first = ask(named("a"));
        CompletableFuture<@Nullable String> second = ask(named("a"));

        assertThat(first.cancel(false)).isTrue();
        bench.work();

        assertThatThrownBy(() -> get(first)).isInstanceOf(CancellationException.class);
        assertThat(get(second)).isEqualTo("done a");
    }

    @Test
    void futuresNeverEndOnAThreadOfTheStore() throws Exception {
        Set<String> threads = ConcurrentHashMap.newKeySet();
        CountDownLatch noted = new CountDownLatch(1);
        CompletableFuture<@Nullable String> result = ask(request("a"));
        CompletableFuture<Void> unused = result.thenAccept(value -> {
            threads.add(Thread.currentThread().getName());
            noted.countDown();
        });

        bench.work();

        assertThat(noted.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(threads).allMatch(name -> name.startsWith("jobqueue-reply-"));
    }

    @Test
    void resultThatDoesNotFitIsSaid() throws Exception {
        CompletableFuture<@Nullable Integer> result = queue.enqueueForResult(request("a"), Integer.class, LONG);

        bench.work();

        assertThatThrownBy(() -> result.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(PayloadException.class);
    }

    @Test
    void outageAtTheEnqueueReachesTheCaller() throws Exception {
        get(ask(namedAndDone()));
        bench.store.refuse();

        assertThatThrownBy(() -> queue.enqueueAndWait(request("a"), String.class, LONG))
                .isInstanceOf(StoreUnavailableException.class);
        assertThat(failure(ask(request("a")))).isInstanceOf(StoreUnavailableException.class);
    }

    private JobRequest namedAndDone() {
        bench.enqueue("done");
        bench.work();
        return named("done");
    }

    @Test
    void wrongRequestReachesTheCaller() throws Exception {
        assertThat(failure(ask(request("x".repeat(2000))))).isInstanceOf(InvalidJobException.class);
        assertThatThrownBy(() -> queue.enqueueAndWait(request("a"), String.class, Duration.ZERO))
                .isInstanceOf(InvalidJobException.class);
    }

    @Test
    void interruptEndsTheWait() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> queue.enqueueAndWait(request("a"), String.class, LONG))
                .isInstanceOf(JobQueueException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void closeEndsAllWaits() throws Exception {
        CompletableFuture<@Nullable String> result = ask(request("a"));

        bench.close();

        assertThat(failure(result)).isInstanceOf(JobQueueException.class).hasMessageContaining("closed");
        assertThatThrownBy(() -> queue.enqueueAndWait(request("a"), String.class, LONG))
                .isInstanceOf(JobQueueException.class);
    }

    @Test
    void closedEngineStoresNothingForWhoWouldWait() throws Exception {
        try (FlakyStore store = new FlakyStore(new MemoryStore())) {
            JobEngine engine = JobEngine.builder(store).build();
            CompletableFuture<@Nullable String> open =
                    engine.jobQueue().enqueueForResult(request("a"), String.class, LONG);
            engine.close();
            store.forgetCalls();

            assertThatThrownBy(() -> engine.jobQueue().enqueueAndWait(request("a"), String.class, LONG))
                    .isInstanceOf(JobQueueException.class)
                    .hasMessageContaining("closed");
            assertThat(failure(engine.jobQueue().enqueueForResult(request("a"), String.class, LONG)))
                    .isInstanceOf(JobQueueException.class)
                    .hasMessageContaining("closed");
            assertThat(failure(open)).isInstanceOf(JobQueueException.class);
            assertThat(store.calls("enqueue")).isZero();
        }
    }

    @Test
    void engineClosedDuringTheEnqueueEndsTheWait() throws Exception {
        try (FlakyStore store = new FlakyStore(new MemoryStore())) {
            JobEngine engine = JobEngine.builder(store).build();
            CompletableFuture<@Nullable String> before =
                    engine.jobQueue().enqueueForResult(request("a"), String.class, LONG);
            store.afterEveryCall(engine::close);

            CompletableFuture<@Nullable String> during =
                    engine.jobQueue().enqueueForResult(request("b"), String.class, LONG);

            assertThat(failure(before)).hasMessageContaining("closed");
            assertThat(failure(during)).hasMessageContaining("closed");
        }
    }
}
