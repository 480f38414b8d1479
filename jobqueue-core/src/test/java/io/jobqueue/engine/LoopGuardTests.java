package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.store.contract.HeldClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopGuardTests {

    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HeldClock clock = new HeldClock();
    private final LongSupplier nanos = WorkerBench.nanosOf(clock);
    private final RecordingListener listener = new RecordingListener();
    private final LoopContext context = new LoopContext(nanos, new Jitter(() -> 0), new OutageLog(nanos), listener);
    private final List<Loop> loops = new ArrayList<>();
    private final CountDownLatch letGo = new CountDownLatch(1);
    private final CountDownLatch steps = new CountDownLatch(1);

    @AfterEach
    void stop() {
        letGo.countDown();
        loops.forEach(Loop::stop);
    }

    private Loop loop(Periodic periodic, ThreadFactory threads) {
        Loop loop = new Loop("test-loop", true, context, threads);
        loop.add("part", null, periodic);
        loops.add(loop);
        return loop;
    }

    private LoopGuard guard(Loop loop) {
        return new LoopGuard(loop, "test", PATIENCE, context);
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    /** Hangs in every step, whatever interrupts it, and counts them. */
    private final class Hanging implements Periodic {

        private final AtomicInteger begun = new AtomicInteger();
        private final boolean abandonable;

        Hanging(boolean abandonable) {
            this.abandonable = abandonable;
        }

        @Override
        public Duration poll() {
            begun.incrementAndGet();
            while (letGo.getCount() > 0) {
                awaitUnlessInterrupted();
            }
            return Duration.ofHours(1);
        }

        @Override
        public boolean abandon() {
            return abandonable;
        }

        private void awaitUnlessInterrupted() {
            try {
                letGo.await();
            } catch (InterruptedException e) {
                // that is what makes it hang
            }
        }

        void awaitStep(int number) {
            assertThat(new Patience(System::nanoTime).await(BOUND, () -> begun.get() >= number))
                    .isTrue();
        }
    }

    @Test
    void deadThreadIsReplaced() throws InterruptedException {
        AtomicInteger threads = new AtomicInteger();
        Loop loop = loop(
                () -> {
                    steps.countDown();
                    return Duration.ofHours(1);
                },
                body -> new Thread(() -> {
                    if (threads.incrementAndGet() == 1) {
                        throw new DeathOfThread();
                    }
                    body.run();
                }));
        LoopGuard guard = guard(loop);
        loop.start();
        loop.join(BOUND);
        assertThat(guard.trouble()).isEqualTo("test-loop stands still");

        guard.look();

        await(steps);
        assertThat(guard.trouble()).isNull();
        assertThat(listener.events()).containsExactly("loopReplaced test");
    }

    @Test
    void nothingIsReplacedThatTurnsOrHasNotStarted() throws InterruptedException {
        Loop loop = loop(
                () -> {
                    steps.countDown();
                    return Duration.ofHours(1);
                },
                Thread::new);
        LoopGuard guard = guard(loop);
        guard.look();
        loop.start();
        await(steps);
        clock.advance(Duration.ofMinutes(10));
        guard.look();
        loop.stop();
        loop.join(BOUND);
        guard.look();

        assertThat(guard.trouble()).isNull();
        assertThat(listener.events()).isEmpty();
    }

    @Test
    void patienceDoublesUntilAStepGoesWellAndSixHangingThreadsAreEnough() {
        Hanging hanging = new Hanging(true);
        Loop loop = loop(hanging, Thread::new);
        LoopGuard guard = guard(loop);
        loop.start();
        hanging.awaitStep(1);

        for (int i = 0; i < 5; i++) {
            clock.advance(PATIENCE.multipliedBy(1L << i));
            guard.look();
            assertThat(listener.events()).hasSize(i);
            clock.advance(Duration.ofMillis(200)); // the delay after a failure, which comes before the step
            guard.look();
            assertThat(listener.events()).hasSize(i + 1);
            clock.advance(Duration.ofSeconds(3));
            loop.wake();
            hanging.awaitStep(i + 2);
        }
        clock.advance(Duration.ofHours(1));
        guard.look();

        assertThat(listener.events()).hasSize(5);
        assertThat(guard.trouble()).isEqualTo("test-loop stands still");
    }

    @Test
    void stepThatCannotBeGivenUpIsWaitedForAndShown() {
        Hanging hanging = new Hanging(false);
        Loop loop = loop(hanging, Thread::new);
        LoopGuard guard = guard(loop);
        loop.start();
        hanging.awaitStep(1);
        clock.advance(Duration.ofSeconds(11));

        try (LogLines log = new LogLines()) {
            guard.look();
            guard.look();

            assertThat(log.messages()).singleElement().asString().contains("test-loop hangs (part)", "waited for");
            assertThat(log.stackTraces()).isEqualTo(1);
        }
        assertThat(guard.trouble()).isEqualTo("test-loop stands still");
        assertThat(listener.events()).isEmpty();
    }

    @Test
    void threadThatComesBackDoesNothingMore() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        Hanging hanging = new Hanging(true);
        Loop loop = loop(hanging, body -> {
            Thread thread = new Thread(body);
            threads.add(thread);
            return thread;
        });
        loop.start();
        hanging.awaitStep(1);
        clock.advance(Duration.ofSeconds(11));
        guard(loop).look();

        letGo.countDown();
        threads.get(0).join(BOUND.toMillis());

        assertThat(threads).hasSize(2);
        assertThat(threads.get(0).isAlive()).isFalse();
        assertThat(threads.get(1).isAlive()).isTrue();
    }

    private static final class DeathOfThread extends Error {

        DeathOfThread() {
            super("planted", null, false, false);
        }
    }

    @Test
    void loopThatGetsNoThreadIsStartedByALaterWake() throws InterruptedException {
        AtomicInteger made = new AtomicInteger();
        Loop loop = loop(
                () -> {
                    steps.countDown();
                    return Duration.ofHours(1);
                },
                work -> made.getAndIncrement() > 0
                        ? new Thread(work)
                        : new Thread(work) {
                            @Override
                            public synchronized void start() {
                                throw new OutOfMemoryError("unable to create native thread");
                            }
                        });

        loop.startOrWake();
        assertThat(loop.isTurning(PATIENCE)).as("nothing was begun").isTrue();
        loop.startOrWake();

        await(steps);
    }
}
