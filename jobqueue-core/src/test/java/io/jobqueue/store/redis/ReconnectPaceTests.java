package io.jobqueue.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisConnectionException;

class ReconnectPaceTests {

    private static final HostAndPort SERVER = new HostAndPort("redis.example", 6379);

    private final AtomicLong nanos = new AtomicLong();
    private final ReconnectPace pace = new ReconnectPace(nanos::get, Duration.ofSeconds(30), this::pass);
    private final AtomicInteger attempts = new AtomicInteger();
    private boolean away;

    private int connect() {
        int attempt = attempts.incrementAndGet();
        if (away) {
            throw new JedisConnectionException("Failed to connect: connection refused");
        }
        return attempt;
    }

    private boolean connects() {
        try {
            pace.connect(SERVER, this::connect);
            return true;
        } catch (JedisConnectionException e) {
            return false;
        }
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void serverThatIsThereIsConnectedToAsOftenAsAnybodyAsks() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(connects()).isTrue();
        }

        assertThat(attempts).hasValue(1_000);
    }

    @Test
    void serverThatIsAwayIsTriedTwiceASecond() {
        away = true;

        for (int i = 0; i < 120; i++) {
            assertThat(connects()).isFalse();
        }

        assertThat(attempts).hasValue(120);
        assertThat(nanos).hasValue(Duration.ofMillis(119 * 500L).toNanos());
    }

    @Test
    void callThatComesJustBeforeTheServerIsBackSucceeds() {
        away = true;
        connects();
        away = false;

        assertThat(connects()).isTrue();
        assertThat(nanos).hasValue(Duration.ofMillis(500).toNanos());
    }

    @Test
    void thoseWhoWaitedForAnAttemptShareItsEnd() throws Exception {
        away = true;
        pace.suspect(SERVER);
        CountDownLatch trying = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        Executor threads = task -> new Thread(task).start(); // the common pool may have but one
        CompletableFuture<Integer> first = CompletableFuture.supplyAsync(
                () -> pace.connect(SERVER, () -> {
                    trying.countDown();
                    await(answer);
                    return connect();
                }),
                threads);
        assertThat(trying.await(10, TimeUnit.SECONDS)).isTrue();
        CountDownLatch asked = new CountDownLatch(1);
        CompletableFuture<Integer> second = CompletableFuture.supplyAsync(
                () -> {
                    asked.countDown();
                    return pace.connect(SERVER, this::connect);
                },
                threads);
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!pace.isAwaited(SERVER)) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
        answer.countDown();

        assertThat(first).failsWithin(Duration.ofSeconds(10));
        assertThat(second)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("connection refused");
        assertThat(attempts).hasValue(1);
    }

    @Test
    void callerWithOtherServersToSeeToWaitsForNoAttempt() {
        away = true;
        connects();

        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> pace.connectNow(SERVER, this::connect))
                    .isInstanceOf(JedisConnectionException.class)
                    .hasMessageContaining("connection refused");
        }
        assertThat(attempts).hasValue(1);
        assertThat(nanos).hasValue(0);

        pass(ReconnectPace.PAUSE);
        away = false;
        assertThat(pace.<Integer, RuntimeException>connectNow(SERVER, this::connect))
                .isEqualTo(2);
    }

    @Test
    void callerWithOtherServersToSeeToDoesNotWaitForTheNextAttemptOfAnother() throws Exception {
        away = true;
        connects();
        pass(ReconnectPace.PAUSE);
        CountDownLatch trying = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        CompletableFuture<Integer> next = CompletableFuture.supplyAsync(() -> pace.connect(SERVER, () -> {
            trying.countDown();
            await(answer);
            return connect();
        }));
        assertThat(trying.await(10, TimeUnit.SECONDS)).isTrue();

        assertThatThrownBy(() -> pace.connectNow(SERVER, this::connect)).isInstanceOf(JedisConnectionException.class);
        answer.countDown();

        assertThat(next).failsWithin(Duration.ofSeconds(10));
        assertThat(attempts).hasValue(2);
    }

    @Test
    void serverThatIsBackIsConnectedToWithoutAPause() {
        away = true;
        connects();
        away = false;
        pass(Duration.ofMillis(500));

        assertThat(connects()).isTrue();
        assertThat(connects()).isTrue();
    }

    @Test
    void otherServersAreNotHeldUp() {
        away = true;
        connects();
        away = false;

        assertThat(pace.<Integer, RuntimeException>connect(new HostAndPort("other.example", 6379), this::connect))
                .isEqualTo(2);
    }

    @Test
    void suspectedServerIsTriedByOneWhileOthersWaitForIt() throws Exception {
        pace.suspect(SERVER);
        CountDownLatch trying = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        CompletableFuture<Integer> first = CompletableFuture.supplyAsync(() -> pace.connect(SERVER, () -> {
            trying.countDown();
            await(answer);
            return connect();
        }));
        assertThat(trying.await(10, TimeUnit.SECONDS)).isTrue();

        CompletableFuture<Integer> second = CompletableFuture.supplyAsync(() -> pace.connect(SERVER, this::connect));
        assertThat(second).isNotDone();
        assertThat(attempts).hasValue(0);
        answer.countDown();

        assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(second.get(10, TimeUnit.SECONDS)).isEqualTo(2);
    }

    @Test
    void interruptOfTheCallerDoesNotKeepItFromConnecting() {
        pace.suspect(SERVER);
        Thread.currentThread().interrupt();

        assertThat(connects()).isTrue();
        assertThat(Thread.interrupted()).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
