package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.Backoff;
import io.jobqueue.Cancellation;
import io.jobqueue.Handler;
import io.jobqueue.JobCancelledException;
import io.jobqueue.JobEvent;
import io.jobqueue.JobFailedException;
import io.jobqueue.JobId;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.JobSnapshot;
import io.jobqueue.JobState;
import io.jobqueue.JobWaitTimeoutException;
import io.jobqueue.QueueCounts;
import io.jobqueue.store.redis.RedisConnection;
import io.jobqueue.store.redis.RedisStore;
import io.jobqueue.testkit.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What whole engines do on any kind of Redis: a binding extends this class and says how it is reached. The queues are
 * several, so that those of a cluster lie on several nodes.
 */
public abstract class EngineSuite {

    protected static final Duration PATIENCE = Duration.ofSeconds(30);

    /** So long that whatever is seen before its third was told by a signal. */
    private static final Duration LONG_LEASE = Duration.ofSeconds(90);

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final List<String> QUEUES =
            IntStream.range(0, 6).mapToObj(number -> "suite-" + number).toList();

    private final List<AutoCloseable> opened = new ArrayList<>();

    /** Returns how the servers are reached. */
    protected abstract RedisConnection connection();

    /** Also erases what the test left, for the next one on the same servers. */
    @AfterEach
    void closeEngines() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
        opened.clear();
        try (RedisStore store = RedisStore.open(connection(), "jq")) {
            for (String queue : store.ledger().queues()) {
                store.operations().obliterate(queue, true);
            }
        }
    }

    @Test
    void enginesShareTheWorkOfAllQueuesAndNoJobRunsTwice() throws InterruptedException {
        int jobs = 300;
        Map<String, AtomicInteger> runs = new ConcurrentHashMap<>();
        CountDownLatch done = new CountDownLatch(jobs * QUEUES.size());
        Handler<String, String> handler = (payload, job) -> {
            runs.computeIfAbsent(job.id().toString(), id -> new AtomicInteger()).incrementAndGet();
            done.countDown();
            return null;
        };
        JobQueue queue = started(handler);
        started(handler);

        for (String name : QUEUES) {
            queue.enqueueAll(IntStream.range(0, jobs)
                    .mapToObj(number -> request(name, "x").id("job-" + number).build())
                    .toList());
        }

        assertThat(done.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        await(() -> QUEUES.stream().allMatch(name -> queue.counts(name).completed() == jobs));
        assertThat(runs)
                .hasSize(jobs * QUEUES.size())
                .allSatisfy((id, count) -> assertThat(count).hasValue(1));
        assertThat(queue.queues()).containsAll(QUEUES);
    }

    @Test
    void resultsFailuresAndTimeoutsReachWhoWaitsOnAnyQueue() {
        JobQueue queue = started((payload, job) -> {
            if (payload.equals("fail")) {
                throw new IllegalStateException("no such address");
            }
            if (payload.equals("hang")) {
                new CountDownLatch(1).await();
            }
            return payload + "!";
        });

        for (String name : QUEUES) {
            long begun = System.nanoTime();
            assertThat(queue.enqueueAndWait(request(name, "hello").id("kept").build(), String.class, PATIENCE))
                    .isEqualTo("hello!");
            assertThat(queue.enqueueAndWait(request(name, "again").id("kept").build(), String.class, PATIENCE))
                    .isEqualTo("hello!");
            assertThatThrownBy(() -> queue.enqueueAndWait(
                            request(name, "fail").maxAttempts(1).build(), String.class, PATIENCE))
                    .isInstanceOf(JobFailedException.class)
                    .hasMessageContaining("no such address");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(PATIENCE.dividedBy(2));
        }
        assertThatThrownBy(() -> queue.enqueueAndWait(
                        request(QUEUES.get(0), "hang").build(), String.class, Duration.ofMillis(200)))
                .isInstanceOf(JobWaitTimeoutException.class);
    }

    @Test
    void answersAreToldAndNotOnlyLookedUp() {
        JobQueue queue = started((payload, job) -> payload);
        QUEUES.forEach(name -> ask(queue, name));
        long begun = System.nanoTime();

        for (int round = 0; round < 5; round++) {
            QUEUES.forEach(name -> ask(queue, name));
        }

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SOON);
    }

    @Test
    void cancelReachesARunningHandlerByItsSignal() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(QUEUES.size());
        CountDownLatch interrupted = new CountDownLatch(QUEUES.size());
        JobQueue queue = started((payload, job) -> {
            started.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return null;
        });
        var waiting = QUEUES.stream()
                .map(name ->
                        queue.enqueueForResult(request(name, "x").id("long").build(), String.class, PATIENCE))
                .toList();
        assertThat(started.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

        QUEUES.forEach(name -> assertThat(queue.cancel(JobId.of(name, "long"))).isEqualTo(Cancellation.REQUESTED));

        assertThat(interrupted.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        waiting.forEach(result -> assertThatThrownBy(result::join).hasRootCauseInstanceOf(JobCancelledException.class));
    }

    @Test
    void listenersOfAnotherProcessHearEveryEventInOrder() throws InterruptedException {
        JobQueue elsewhere = engine((payload, job) -> null).jobQueue();
        BlockingQueue<JobEvent> heard = new LinkedBlockingQueue<>();
        QUEUES.forEach(name -> elsewhere.listen(name, heard::add));
        JobQueue queue = started((payload, job) -> null);

        QUEUES.forEach(name -> queue.enqueue(request(name, "x").id("told").build()));

        Map<String, List<JobEvent.Kind>> kinds = new ConcurrentHashMap<>();
        for (int i = 0; i < 3 * QUEUES.size(); i++) {
            JobEvent event = heard.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(event).isNotNull();
            kinds.computeIfAbsent(event.id().queue(), any -> new ArrayList<>()).add(event.kind());
        }
        assertThat(kinds)
                .hasSize(QUEUES.size())
                .allSatisfy((name, told) -> assertThat(told)
                        .containsExactly(JobEvent.Kind.ENQUEUED, JobEvent.Kind.STARTED, JobEvent.Kind.COMPLETED));
    }

    @Test
    void failedAttemptRunsAgainAndDelayedJobRunsWhenDue() {
        AtomicInteger failures = new AtomicInteger(QUEUES.size());
        JobQueue queue = started((payload, job) -> {
            if (job.attempt() == 1 && failures.getAndDecrement() > 0) {
                throw new IllegalStateException("once");
            }
            return null;
        });

        for (String name : QUEUES) {
            queue.enqueue(request(name, "x")
                    .id("again")
                    .delay(Duration.ofMillis(200))
                    .backoff(Backoff.fixed(Duration.ofMillis(100)))
                    .build());
        }

        await(() -> QUEUES.stream().allMatch(name -> queue.counts(name).completed() == 1));
        QUEUES.forEach(name -> assertThat(queue.find(JobId.of(name, "again")))
                .hasValueSatisfying(job -> assertThat(job).returns(2, JobSnapshot::attempts)));
    }

    @Test
    void pausedQueueRunsNothingUntilItIsResumed() {
        JobQueue queue = started((payload, job) -> payload);
        QUEUES.forEach(name -> ask(queue, name));
        queue.pauseAll();
        QUEUES.forEach(name -> queue.enqueue(request(name, "x").id("held").build()));

        assertThat(QUEUES).allSatisfy(name -> {
            assertThat(queue.queue(name).isPaused()).isTrue();
            assertThat(queue.counts(name)).returns(1L, QueueCounts::waiting);
        });
        queue.resumeAll();

        await(() -> QUEUES.stream().allMatch(name -> queue.counts(name).completed() == 2));
    }

    @Test
    void idleWorkerStartsAtOnceWhatArrives() throws InterruptedException {
        BlockingQueue<String> ran = new LinkedBlockingQueue<>();
        JobQueue queue = started((payload, job) -> {
            ran.add(payload);
            return null;
        });
        ask(queue, QUEUES.get(0));
        ran.clear();
        long begun = System.nanoTime();

        for (int round = 0; round < 5; round++) {
            for (String name : QUEUES) {
                queue.enqueue(request(name, name + round).build());
                assertThat(ran.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(name + round);
            }
        }

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SOON);
    }

    @Test
    void operatorSeesAndErasesEveryQueue() {
        JobQueue queue = engine((payload, job) -> null).jobQueue();
        QUEUES.forEach(name -> queue.enqueue(request(name, "x").id("seen").build()));

        assertThat(queue.locate("seen"))
                .extracting(job -> job.id().queue())
                .containsExactlyInAnyOrderElementsOf(QUEUES);
        assertThat(queue.overview()).hasSizeGreaterThanOrEqualTo(QUEUES.size());
        QUEUES.forEach(name -> assertThat(queue.queue(name).states(List.of("seen")))
                .singleElement()
                .satisfies(state -> assertThat(state).hasValue(JobState.WAITING)));
        QUEUES.forEach(name -> assertThat(queue.queue(name).obliterate()).isTrue());
        assertThat(queue.queues()).doesNotContainAnyElementsOf(QUEUES);
    }

    private static void ask(JobQueue queue, String name) {
        assertThat(queue.enqueueAndWait(request(name, "ask").build(), String.class, PATIENCE))
                .isNotEqualTo("");
    }

    private JobQueue started(Handler<String, String> handler) {
        JobEngine engine = engine(handler);
        engine.start();
        return engine.jobQueue();
    }

    private JobEngine engine(Handler<String, String> handler) {
        RedisStore store = RedisStore.open(connection(), "jq");
        opened.add(store);
        JobEngine.Builder engine = JobEngine.builder(store)
                .defaults(new QueueSettings(null, LONG_LEASE, JobSettings.NONE))
                .claimWait(PATIENCE)
                .shutdownTimeout(Duration.ofMillis(100));
        for (String name : QUEUES) {
            engine.handler(HandlerDefinition.of(name, name, String.class, handler));
        }
        JobEngine built = engine.build();
        opened.add(built);
        return built;
    }

    private static JobRequest.Builder request(String queue, String payload) {
        return JobRequest.of(queue, payload).queue(queue);
    }

    private static void await(BooleanSupplier condition) {
        Patience.until("the jobs have ended", PATIENCE, condition);
    }
}
