package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jobqueue.Handler;
import io.jobqueue.JobContext;
import io.jobqueue.JobId;
import io.jobqueue.JobOutcomes;
import io.jobqueue.JobRequest;
import io.jobqueue.JobState;
import io.jobqueue.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EngineObserverTests {

    private final List<String> events = new ArrayList<>();

    /** Notes what it sees and gives headers to every job. */
    private final class Noting implements EngineObserver {

        private final Map<String, String> headers;

        Noting(Map<String, String> headers) {
            this.headers = headers;
        }

        @Override
        public Enqueueing enqueueing(List<NewcomerJob> jobs) {
            events.add("enqueue " + jobs.stream().map(NewcomerJob::id).toList() + " of "
                    + jobs.get(0).type());
            return new Enqueueing() {
                @Override
                public Map<String, String> headers() {
                    return headers;
                }

                @Override
                public void ended(@Nullable Throwable failure) {
                    events.add("enqueued" + (failure == null ? "" : " " + failure.getMessage()));
                }
            };
        }

        @Override
        public Running running(JobContext job, boolean handled) {
            events.add("run " + job.id() + " " + job.attempt() + (handled ? "" : " without handler"));
            return (outcome, failure) ->
                    events.add("ran " + outcome + (failure == null ? "" : " " + failure.getMessage()));
        }
    }

    private WorkerBench bench(Handler<String, ?> handler) {
        return WorkerBench.of(new Noting(Map.of("trace", "t1")), handler);
    }

    private void run(Handler<String, ?> handler) {
        try (WorkerBench bench = bench(handler)) {
            bench.enqueue(JobRequest.of("type", "a").id("a").maxAttempts(2));
            bench.work();
        }
    }

    @Test
    void enqueueAndRunAreSeenFromTheBeginningToTheEnd() {
        run((payload, job) -> {
            events.add("handler " + job.headers());
            return null;
        });

        assertThat(events)
                .containsExactly(
                        "enqueue [work/a] of type", "enqueued", "run work/a 1", "handler {trace=t1}", "ran COMPLETED");
    }

    @Test
    void errorsOfAnObserverAndAListenerAreKeptFromTheEngine() {
        EngineObserver broken = new EngineObserver() {
            @Override
            public Enqueueing enqueueing(List<NewcomerJob> jobs) {
                throw new StackOverflowError("enqueueing");
            }

            @Override
            public Running running(JobContext job, boolean handled) {
                return (outcome, failure) -> {
                    throw new StackOverflowError("ended");
                };
            }
        };
        RecordingListener listener = new RecordingListener();
        listener.failBy(new StackOverflowError("settled"));
        try (WorkerBench bench = WorkerBench.of(broken, (payload, job) -> payload)) {
            bench.enqueue("a");
            bench.work();
            new GuardedListener(listener, bench.nanos)
                    .settled(WorkerBench.QUEUE, "type", EngineListener.Outcome.COMPLETED, Duration.ZERO);

            assertThat(bench.job("a").state()).isEqualTo(JobState.COMPLETED);
        }
    }

    @Test
    void outcomeIsWhatFollows() {
        try (WorkerBench bench = bench((payload, job) -> {
            throw new IllegalStateException("no " + job.attempt());
        })) {
            bench.enqueue(JobRequest.of("type", "a").id("a").maxAttempts(2));
            bench.work();
            bench.clock.advance(Duration.ofMinutes(1));
            bench.work();
        }
        run((payload, job) -> {
            throw JobOutcomes.cancel("changed my mind");
        });
        run((payload, job) -> {
            throw JobOutcomes.snooze(Duration.ofHours(1));
        });

        assertThat(events.stream().filter(event -> event.startsWith("ran")))
                .containsExactly(
                        "ran RETRIED no 1",
                        "ran FAILED no 2",
                        "ran CANCELLED changed my mind",
                        "ran RELEASED snoozed for PT1H");
    }

    @Test
    void runWhoseLeaseWasLostHasNoOutcome() {
        List<WorkerLease> lease = new ArrayList<>();
        try (WorkerBench bench = bench((payload, job) -> {
            lease.forEach(held -> held.lose(held.current()));
            return null;
        })) {
            lease.add(bench.worker.lease());
            bench.enqueue("a");
            bench.work();
        }

        assertThat(events).last().isEqualTo("ran null");
    }

    @Test
    void jobWithoutHandlerIsSeenAsSuch() {
        try (WorkerBench bench = bench((payload, job) -> null)) {
            bench.enqueue(JobRequest.of("unheard-of", "a").id("a"));
            bench.work();
        }

        assertThat(events).contains("run work/a 1 without handler", "ran RELEASED");
    }

    @Test
    void manyJobsOfOneCallAreSeenTogether() {
        try (WorkerBench bench = bench((payload, job) -> null)) {
            bench.queue.enqueueAll(List.of(
                    JobRequest.of("type", "a").id("a").queue("work").build(),
                    JobRequest.of("type", "b").id("b").queue("work").build()));

            assertThat(bench.job("a").headers()).containsEntry("trace", "t1");
            assertThat(bench.job("b").headers()).containsEntry("trace", "t1");
        }
        assertThat(events).containsExactly("enqueue [work/a, work/b] of type", "enqueued");
    }

    @Test
    void failedEnqueueIsSeenWithItsError() {
        try (WorkerBench bench = bench((payload, job) -> null)) {
            bench.store.refuse();

            assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> bench.enqueue("a"));
        }
        assertThat(events).last().asString().startsWith("enqueued the store is away");
    }

    @Test
    void addedHeadersReplaceOwnOnesAndNeverBreakTheRule() {
        Map<String, String> own = new HashMap<>();
        for (int i = 1; i < JobRequest.MOST_HEADERS; i++) {
            own.put("own-" + i, "value");
        }
        own.put("trace", "stale");
        JobRequest.Builder request = JobRequest.of("type", "a").id("a");
        own.forEach(request::header);

        try (WorkerBench bench = WorkerBench.of(
                new Noting(Map.of("trace", "t1", "too-many", "x", "own-1", "y".repeat(2000))),
                (payload, job) -> null)) {
            bench.enqueue(request);

            own.put("trace", "t1");
            assertThat(bench.job("a").headers()).isEqualTo(own);
        }
    }

    @Test
    void brokenObserverIsLoggedAndHarmsNothing() {
        EngineObserver broken = new EngineObserver() {
            @Override
            public Enqueueing enqueueing(List<NewcomerJob> jobs) {
                throw new IllegalStateException("no enqueue");
            }

            @Override
            public Running running(JobContext job, boolean handled) {
                return (outcome, failure) -> {
                    throw new IllegalStateException("no end");
                };
            }
        };
        try (LogLines log = new LogLines();
                WorkerBench bench = WorkerBench.of(broken, (payload, job) -> "well")) {
            bench.enqueue("a");
            bench.work();

            assertThat(bench.job("a").result(String.class)).contains("well");
            assertThat(bench.queue.find(JobId.of("work", "a"))).isPresent();
            assertThat(log.messages()).containsExactly("The engine's observer failed, the engine goes on");
        }
    }
}
