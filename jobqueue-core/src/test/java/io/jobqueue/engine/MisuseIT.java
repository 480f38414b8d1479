package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.InvalidJobException;
import io.jobqueue.JobId;
import io.jobqueue.JobQueue;
import io.jobqueue.JobQueueException;
import io.jobqueue.JobRequest;
import io.jobqueue.JobState;
import io.jobqueue.JobWaitTimeoutException;
import io.jobqueue.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever uses an engine wrongly is told so, or gets what was meant; nobody waits for ever. */
class MisuseIT extends BackendBench {

    /** What every call must end within, on a machine that has other things to do as well. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private static final JobRequest REQUEST = JobRequest.of(TYPE, "x").build();

    /** A call by its name. */
    record Call(String name, Consumer<JobQueue> make) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Call> enqueues() {
        return Stream.of(
                new Call("enqueue", queue -> queue.enqueue(REQUEST)),
                new Call("enqueue of a type", queue -> queue.enqueue(TYPE, "x")),
                new Call("enqueueAll", queue -> queue.enqueueAll(List.of(REQUEST))),
                new Call("enqueueAndWait", queue -> queue.enqueueAndWait(REQUEST, String.class, BOUND)),
                new Call("enqueueForResult", queue -> join(queue.enqueueForResult(REQUEST, String.class, BOUND))));
    }

    static Stream<Call> otherCalls() {
        return Stream.of(
                new Call("find", queue -> queue.find(JobId.of(QUEUE, "x"))),
                new Call("history", queue -> queue.history(JobId.of(QUEUE, "x"))),
                new Call("locate", queue -> queue.locate("x")),
                new Call("overview", JobQueue::overview),
                new Call("cancel", queue -> queue.cancel(JobId.of(QUEUE, "x"))),
                new Call("counts", queue -> queue.counts(QUEUE)),
                new Call("queues", JobQueue::queues),
                new Call("workers", queue -> queue.workers(QUEUE)),
                new Call("pauseAll", JobQueue::pauseAll),
                new Call("resumeAll", JobQueue::resumeAll),
                new Call("pause", queue -> queue.queue(QUEUE).pause()),
                new Call("drain", queue -> queue.queue(QUEUE).drain()),
                new Call("list", queue -> queue.queue(QUEUE).list(JobState.WAITING, null, 10)),
                new Call("replayFailed", queue -> queue.queue(QUEUE).replayFailed()));
    }

    static Stream<Call> allCalls() {
        return Stream.concat(enqueues(), otherCalls());
    }

    private static void join(CompletableFuture<?> future) {
        try {
            future.join();
        } catch (java.util.concurrent.CompletionException e) {
            throw (RuntimeException) e.getCause();
        }
    }

    @ParameterizedTest
    @MethodSource("enqueues")
    void enqueueAfterTheCloseOfTheEngineIsRefused(Call call) {
        engine.start();
        engine.close();

        assertThatThrownBy(() -> within(SOON, () -> call.make().accept(queue)))
                .isInstanceOf(JobQueueException.class)
                .hasMessageContaining("the engine is closed")
                .hasMessageContaining("nothing was stored")
                .hasMessageContaining("an engine that is open");
        assertThat(store.ledger().counts(QUEUE).waiting()).isZero();
    }

    @ParameterizedTest
    @MethodSource("allCalls")
    void everyCallAfterTheCloseOfTheStoreIsRefused(Call call) {
        queue.enqueue(REQUEST);
        store.close();

        assertThatThrownBy(() -> within(SOON, () -> call.make().accept(queue)))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("closed")
                .hasMessageContaining("open a")
                .extracting(refused -> ((StoreUnavailableException) refused).outcome())
                .isEqualTo(StoreUnavailableException.Outcome.REFUSED);
    }

    @Test
    void engineAndStoreMayBeClosedTwiceAndInAnyOrder() {
        engine.start();

        within(SOON, () -> {
            store.close();
            store.close();
            engine.close();
            engine.close();
            engine.stop();
        });

        assertThat(engine.isRunning()).isFalse();
    }

    @Test
    void closedEngineIsNotStartedAgain() {
        engine.close();

        assertThatThrownBy(engine::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the engine is closed and starts no more; build another one");
        assertThat(engine.isRunning()).isFalse();
    }

    @Test
    void secondStartChangesNothing() {
        engine.start();
        engine.start();

        assertThat(engine.workers()).hasSize(1);
        assertThat(queue.enqueueAndWait(REQUEST, String.class, BOUND)).isEqualTo("x");
        within(SOON, engine::stop);
        assertThat(engine.isRunning()).isFalse();
    }

    @Test
    void handlerThatClosesItsEngineIsNotWaitedForAndEndsAsItMeantTo() {
        closesFromAHandler(JobEngine::close);
    }

    @Test
    void handlerThatStopsItsEngineIsNotWaitedForAndEndsAsItMeantTo() {
        closesFromAHandler(JobEngine::stop);
    }

    private void closesFromAHandler(Consumer<JobEngine> end) {
        AtomicReference<JobEngine> self = new AtomicReference<>();
        BlockingQueue<Duration> took = new LinkedBlockingQueue<>();
        JobEngine worker = engine(
                (payload, job) -> {
                    long begun = System.nanoTime();
                    end.accept(self.get());
                    end.accept(self.get());
                    took.add(Duration.ofNanos(System.nanoTime() - begun));
                    return "closed";
                },
                options -> options.shutdownTimeout(BOUND));
        self.set(worker);
        worker.start();

        JobId id = queue.enqueue(REQUEST).id();

        await(id, JobState.COMPLETED);
        assertThat(took).hasSize(1).allSatisfy(time -> assertThat(time).isLessThan(SOON));
        eventually(() -> !worker.isRunning());
    }

    @Test
    void handlerRegisteredTwiceIsRefusedNamingBoth() {
        String type = "t".repeat(255);
        HandlerDefinition first = new HandlerDefinition(
                type, "a", String.class, (payload, job) -> null, JobSettings.NONE, "First.handle");
        HandlerDefinition second = new HandlerDefinition(
                type, "b", String.class, (payload, job) -> null, JobSettings.NONE, "Second.handle");
        engine.register(first);

        assertRefused(
                () -> engine.register(second),
                "type '" + "t".repeat(64) + "…': has two handlers, First.handle and Second.handle",
                "give one of them another type");
        assertRefused(() -> engine.register(first), "type '", "give one of them another type");
    }

    @Test
    void handlerRegisteredWhileTheEngineRunsIsRefused() {
        engine.start();

        assertThatThrownBy(() -> engine.register(new HandlerDefinition(
                        "late", QUEUE, String.class, (payload, job) -> null, JobSettings.NONE, "Late.handle")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("type 'late': the engine runs; register Late.handle before it is started");
    }

    @ParameterizedTest
    @MethodSource("otherCalls")
    void interruptedCallerGetsTheAnswerAndStaysInterrupted(Call call) {
        queue.enqueue(REQUEST);

        within(SOON, () -> {
            Thread.currentThread().interrupt();
            call.make().accept(queue);
            assertThat(Thread.interrupted()).isTrue();
        });
    }

    @Test
    void interruptedCallerStoresItsJobs() {
        within(SOON, () -> {
            Thread.currentThread().interrupt();
            assertThat(queue.enqueue(REQUEST).isNew()).isTrue();
            assertThat(queue.enqueueAll(List.of(REQUEST, REQUEST))).hasSize(2);
            assertThat(Thread.interrupted()).isTrue();
        });

        assertThat(queue.counts(QUEUE).waiting()).isEqualTo(3);
    }

    @Test
    void interruptEndsAWaitForAResultAndNotTheJob() throws InterruptedException {
        BlockingQueue<Throwable> thrown = new LinkedBlockingQueue<>();
        CountDownLatch stillInterrupted = new CountDownLatch(1);
        Thread waiting = new Thread(() -> {
            try {
                queue.enqueueAndWait(JobRequest.of(TYPE, "x").id("awaited").build(), String.class, BOUND);
            } catch (JobQueueException e) {
                thrown.add(e);
                if (Thread.currentThread().isInterrupted()) {
                    stillInterrupted.countDown();
                }
            }
        });
        waiting.start();
        await(JobId.of(QUEUE, "awaited"), JobState.WAITING);

        waiting.interrupt();

        assertThat(thrown.poll(SOON.toMillis(), TimeUnit.MILLISECONDS))
                .hasMessage("job inputs/awaited: whoever waited for it was interrupted");
        assertThat(stillInterrupted.await(SOON.toMillis(), TimeUnit.MILLISECONDS))
                .isTrue();
        assertThat(queue.find(JobId.of(QUEUE, "awaited")).orElseThrow().state()).isEqualTo(JobState.WAITING);
    }

    @Test
    void interruptedCallerStopsAndClosesTheEngine() {
        engine.start();
        queue.enqueueAndWait(REQUEST, String.class, BOUND);

        within(SOON, () -> {
            Thread.currentThread().interrupt();
            engine.stop();
            engine.close();
            assertThat(Thread.interrupted()).isTrue();
        });

        assertThat(engine.isRunning()).isFalse();
    }

    @Test
    void closeEndsEveryWaitForAResult() {
        CompletableFuture<String> future = queue.enqueueForResult(REQUEST, String.class, BOUND);

        within(SOON, engine::close);

        assertThatThrownBy(() -> within(SOON, () -> join(future)))
                .isInstanceOf(JobQueueException.class)
                .hasMessageContaining("the engine was closed while it was awaited");
    }

    @Test
    void waitWithoutAWorkerEndsAtItsTimeout() {
        assertThatThrownBy(() -> within(SOON, () -> queue.enqueueAndWait(REQUEST, String.class, Duration.ofMillis(50))))
                .isInstanceOf(JobWaitTimeoutException.class);
    }

    @Test
    @SuppressWarnings("NullAway") // what a caller without null checks may do
    void nullIsRefusedByName() {
        assertThatThrownBy(() -> queue.enqueueAll(java.util.Arrays.asList(REQUEST, null)))
                .isInstanceOf(InvalidJobException.class)
                .hasMessage("request 1 of 2: is null; leave it out; nothing was stored");
        assertNothingIsStored();
    }

    /** Makes a call on a thread of its own and throws what it threw; fails when it has not ended in time. */
    private static void within(Duration bound, Runnable call) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            try {
                call.run();
                done.complete(null);
            } catch (Throwable e) {
                done.completeExceptionally(e);
            }
        });
        caller.setDaemon(true);
        caller.start();
        try {
            done.get(bound.toMillis(), TimeUnit.MILLISECONDS);
        } catch (java.util.concurrent.ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause();
        } catch (InterruptedException | java.util.concurrent.TimeoutException e) {
            throw new AssertionError("the call has not ended within " + bound, e);
        }
    }
}
