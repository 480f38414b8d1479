package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.StoreUnavailableException;
import io.jobqueue.store.contract.HeldClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class LoopTests {

    private static final Duration BOUND = Duration.ofSeconds(10);

    private final HeldClock clock = new HeldClock();
    private final LongSupplier nanos = WorkerBench.nanosOf(clock);
    private final RecordingListener listener = new RecordingListener();
    private final Loop loop = loop(nanos);
    private final AtomicInteger steps = new AtomicInteger();

    private Loop loop(LongSupplier time) {
        return new Loop("test-loop", true, new LoopContext(time, new Jitter(() -> 0), new OutageLog(time), listener));
    }

    @Test
    void partIsTakenWhenItIsDue() throws InterruptedException {
        loop.add("part", null, () -> {
            steps.incrementAndGet();
            return Duration.ofSeconds(3);
        });

        assertThat(loop.turn()).isEqualTo(Duration.ofSeconds(3));
        clock.advance(Duration.ofSeconds(2));
        assertThat(loop.turn()).isEqualTo(Duration.ofSeconds(1));
        assertThat(steps).hasValue(1);

        clock.advance(Duration.ofSeconds(1));
        loop.turn();
        assertThat(steps).hasValue(2);
    }

    @Test
    void earliestPartDecidesTheWait() throws InterruptedException {
        loop.add("slow", null, () -> Duration.ofSeconds(20));
        loop.add("fast", null, () -> Duration.ofMillis(20));

        assertThat(loop.turn()).isEqualTo(Duration.ofMillis(20));
    }

    @Test
    void wakeMakesAllPartsDueOnce() throws InterruptedException {
        loop.add("part", null, () -> {
            steps.incrementAndGet();
            return Duration.ofDays(1);
        });
        loop.turn();

        loop.wake();
        loop.wake();
        loop.turn();
        loop.turn();

        assertThat(steps).hasValue(2);
    }

    @Test
    void failingPartWaitsLongerEachTimeButNotBeyondThreeSeconds() throws InterruptedException {
        loop.add("part", "work", () -> {
            steps.incrementAndGet();
            throw new StoreUnavailableException("away", StoreUnavailableException.Outcome.REFUSED, null);
        });
        List<Duration> waits = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            waits.add(loop.turn());
            clock.advance(waits.get(i));
        }

        assertThat(waits).startsWith(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(400));
        assertThat(waits).allMatch(wait -> wait.compareTo(Duration.ofSeconds(3)) <= 0);
        assertThat(waits).endsWith(Duration.ofSeconds(2), Duration.ofSeconds(2));
        assertThat(listener.events()).hasSize(8).containsOnly("storeFailed work");
    }

    @Test
    void wakeDoesNotShortenTheWaitAfterAFailure() throws InterruptedException {
        loop.add("part", null, () -> {
            steps.incrementAndGet();
            throw new IllegalStateException("broken");
        });
        loop.turn();

        loop.wake();
        loop.turn();

        assertThat(steps).hasValue(1);
    }

    @Test
    void successEndsTheBackoff() throws InterruptedException {
        loop.add("part", null, () -> {
            if (steps.incrementAndGet() % 3 != 0) {
                throw new IllegalStateException("broken");
            }
            return Duration.ZERO;
        });

        List<Duration> waits = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            waits.add(loop.turn());
            clock.advance(waits.get(i));
        }

        assertThat(waits)
                .containsExactly(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ZERO, Duration.ofMillis(100));
    }

    @Test
    void failingPartDoesNotHoldUpTheOthers() throws InterruptedException {
        loop.add("broken", null, () -> {
            throw new IllegalStateException("broken");
        });
        loop.add("sound", null, () -> {
            steps.incrementAndGet();
            return Duration.ZERO;
        });

        loop.turn();
        loop.turn();

        assertThat(steps).hasValue(2);
    }

    @Test
    void threadOutlivesEverythingThrown() throws InterruptedException {
        CountDownLatch survived = new CountDownLatch(4);
        Loop running = loop(System::nanoTime);
        running.add("part", null, () -> {
            survived.countDown();
            switch ((int) survived.getCount()) {
                case 3 -> throw new StackOverflowError();
                case 2 -> throw new OutOfMemoryError("test");
                case 1 -> throw new InterruptedException();
                default -> {
                    return Duration.ofDays(1);
                }
            }
        });
        running.start();

        assertThat(survived.await(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(running.isAlive()).isTrue();
        running.stop();
        running.join(BOUND);
        assertThat(running.isAlive()).isFalse();
    }

    @Test
    void waitingThreadIsWoken() throws InterruptedException {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(2);
        Loop running = loop(System::nanoTime);
        running.add("part", null, () -> {
            first.countDown();
            second.countDown();
            return Duration.ofDays(1);
        });
        running.start();
        assertThat(first.await(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();

        running.wake();

        assertThat(second.await(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
        running.stop();
        running.join(BOUND);
    }

    @Test
    void blockedStepIsInterruptedByStopNow() throws InterruptedException {
        CountDownLatch blocked = new CountDownLatch(1);
        Loop running = loop(System::nanoTime);
        running.add("part", null, () -> {
            blocked.countDown();
            new CountDownLatch(1).await();
            return Duration.ZERO;
        });
        running.start();
        assertThat(blocked.await(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();

        running.stopNow();
        running.join(BOUND);

        assertThat(running.isAlive()).isFalse();
    }

    @Test
    void loopThatNoLongerTurnsIsNoticed() throws InterruptedException {
        CountDownLatch blocked = new CountDownLatch(1);
        Loop running = loop(nanos);
        running.add("part", null, () -> {
            blocked.countDown();
            new CountDownLatch(1).await();
            return Duration.ZERO;
        });
        running.start();
        assertThat(blocked.await(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(running.isTurning(Duration.ofSeconds(25))).isTrue();

        clock.advance(Duration.ofSeconds(26));

        assertThat(running.isTurning(Duration.ofSeconds(25))).isFalse();
        running.stopNow();
        running.join(BOUND);
    }
}
