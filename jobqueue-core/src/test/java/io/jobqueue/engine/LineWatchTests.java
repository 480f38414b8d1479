package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.JobEvent;
import io.jobqueue.JobFailedException;
import io.jobqueue.JobListener;
import io.jobqueue.JobRequest;
import io.jobqueue.JobState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Engines whose application waits for results and listens, with loops for it that are made to hang. */
class LineWatchTests extends EngineBench {

    private static final Duration STUCK_AFTER = Duration.ofMillis(300);

    private final FlakyStore flaky = new FlakyStore(store);
    private final List<String> replaced = new CopyOnWriteArrayList<>();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<HungCall> hung = new ArrayList<>();

    @AfterEach
    void letGo() {
        hung.forEach(HungCall::letGo);
    }

    private JobEngine engine() {
        JobEngine engine = JobEngine.builder(flaky)
                .handler(HandlerDefinition.of("type", QUEUE, String.class, (payload, job) -> {
                    throw new IllegalStateException("no");
                }))
                .claimWait(Duration.ofMillis(100))
                .stuckAfter(STUCK_AFTER)
                .shutdownTimeout(Duration.ofMillis(500))
                .listener(new EngineListener() {
                    @Override
                    public void loopReplaced(String loop) {
                        replaced.add(loop);
                    }
                })
                .build();
        engines.add(engine);
        return engine;
    }

    private HungCall hang(String method) {
        HungCall call = flaky.hang(method);
        hung.add(call);
        return call;
    }

    private static JobRequest failing(String id) {
        return JobRequest.of("type", id).id(id).maxAttempts(1).build();
    }

    private JobListener noting() {
        return event -> {
            if (event.kind() == JobEvent.Kind.ENQUEUED) {
                told.add(event.id().value());
            }
        };
    }

    @Test
    void readingOfResultsThatHangsIsShownAndReplacedAndTheWaitEnds() throws InterruptedException {
        JobEngine engine = engine();
        engine.start();
        engine.jobQueue().enqueue(failing("a"));
        eventually(() -> find(engine, "a").state() == JobState.FAILED);
        HungCall call = hang("find");

        CompletableFuture<String> result = engine.jobQueue().enqueueForResult(failing("a"), String.class, BOUND);
        await(call.begun());

        eventually(() -> engine.troubles().contains("jobqueue-replies stands still")
                || engine.troubles().contains("replies: reading fails"));
        assertThat(result)
                .failsWithin(BOUND)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(JobFailedException.class);
        eventually(() -> engine.troubles().isEmpty());
        assertThat(replaced).containsExactly("replies");
        assertThat(engine.workers()).allMatch(WorkerStatus::consuming);
    }

    @Test
    void readingOfEventsThatHangsIsReplacedAndEveryEventIsToldOnce() throws InterruptedException {
        JobEngine engine = engine();
        engine.jobQueue().listen(QUEUE, noting());
        engine.jobQueue().enqueue(job("before"));
        eventually(() -> told.contains("before"));
        HungCall call = hang("since");
        engine.jobQueue().enqueue(job("a"));
        await(call.begun());

        eventually(() -> told.contains("a"));
        assertThat(replaced).containsExactly("events");
        call.letGo();
        await(call.gone());
        engine.jobQueue().enqueue(job("b"));
        eventually(() -> told.contains("b"));

        assertThat(told).containsExactly("before", "a", "b");
        eventually(() -> engine.troubles().isEmpty());
    }

    @Test
    void subscriptionToHintsThatHangsIsReplacedAndTheLateOneIsClosed() throws InterruptedException {
        HungCall call = hang("subscribe");
        JobEngine engine = engine();
        engine.jobQueue().listen(QUEUE, noting());
        await(call.begun());

        eventually(() -> replaced.contains("events"));
        engine.jobQueue().enqueue(job("a"));
        eventually(() -> told.contains("a"));
        call.letGo();
        await(call.gone());
        engine.jobQueue().enqueue(job("b"));
        eventually(() -> told.contains("b"));

        assertThat(told).containsExactly("a", "b");
        assertThat(replaced).containsExactly("events");
    }

    @Test
    void listenerThatHangsIsShownAndWaitedFor() throws InterruptedException {
        JobEngine engine = engine();
        engine.jobQueue().listen(QUEUE, event -> {
            told.add(event.id().value());
            new HungListener(running, release).hang();
        });
        engine.jobQueue().enqueue(job("a"));
        await(running);

        eventually(() -> engine.troubles().equals(List.of("jobqueue-events-" + QUEUE + " stands still")));
        release.countDown();
        eventually(() -> engine.troubles().isEmpty());

        assertThat(replaced).isEmpty();
        assertThat(told).containsExactly("a");
    }

    @Test
    void readingThatFailsForLongIsShownUntilItSucceeds() {
        JobEngine engine = engine();
        engine.jobQueue().listen(QUEUE, noting());
        eventually(() -> flaky.calls("since") > 0);

        flaky.refuse();
        eventually(() -> engine.troubles().contains("queue '" + QUEUE + "', events: reading fails"));
        flaky.heal();
        eventually(() -> engine.troubles().isEmpty());

        assertThat(replaced).isEmpty();
    }

    @Test
    void listenersThatTakeLongTogetherMakeShortSteps() {
        try (WorkerBench bench = WorkerBench.of(1, (payload, job) -> null)) {
            EventFeed feed = new EventFeed(
                    WorkerBench.QUEUE, bench.store.events(), Duration.ofSeconds(5), () -> {}, bench.context);
            EventReceiver slow = new EventReceiver(
                    WorkerBench.QUEUE,
                    event -> {
                        told.add(event.id().value());
                        bench.clock.advance(Duration.ofMillis(600));
                    },
                    new LogLimit(bench.nanos));
            feed.begin(slow);
            for (String id : List.of("a", "b", "c")) {
                bench.enqueue(id);
            }

            assertThat(feed.poll()).isZero();
            assertThat(told).containsExactly("a", "b");
            assertThat(feed.poll()).isPositive();
            assertThat(told).containsExactly("a", "b", "c");
        }
    }

    @Test
    void loopsThatWereStoppedAreForgotten() {
        try (WorkerBench bench = WorkerBench.of(1, (payload, job) -> null);
                LineWatch watch = new LineWatch(STUCK_AFTER, bench.context)) {
            for (int i = 0; i < 100; i++) {
                Loop loop = new Loop("line-" + i, true, bench.context);
                watch.watch(loop, "events");
                loop.stop();
            }

            assertThat(watch.watched()).isOne();
            assertThat(watch.troubles()).isEmpty();
        }
    }

    @Test
    void nobodyWatchesBeforeSomebodyWaitsOrListens() {
        Set<Thread> ofOthers = watchdogs();
        JobEngine engine = engine();
        engine.jobQueue().enqueue(job("a"));
        assertThat(ofOthers).containsAll(watchdogs());

        engine.jobQueue().listen(QUEUE, noting());
        Set<Thread> ours = watchdogs();
        ours.removeAll(ofOthers);
        assertThat(ours).hasSize(1);
        engine.close();

        eventually(() -> ours.stream().noneMatch(Thread::isAlive));
    }

    private static Set<Thread> watchdogs() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("jobqueue-line-watchdog"))
                .collect(Collectors.toCollection(HashSet::new));
    }

    private record HungListener(CountDownLatch begun, CountDownLatch letGo) {

        void hang() {
            begun.countDown();
            try {
                letGo.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
