package io.jobqueue.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.exceptions.JedisDataException;

class MovePatienceTests {

    private static final String ON_THE_MOVE = "TRYAGAIN Multiple keys request during rehashing of slot";

    private final List<Duration> pauses = new ArrayList<>();
    private final Deque<RuntimeException> refusals = new ArrayDeque<>();
    private long now = Long.MAX_VALUE - 1000; // the clock may pass its end
    private int calls;
    private final MovePatience patience = new MovePatience(() -> now, Duration.ofSeconds(1), pause -> {
        pauses.add(pause);
        now += pause.toNanos();
    });

    private String call() {
        calls++;
        if (!refusals.isEmpty()) {
            throw refusals.remove();
        }
        return "answer";
    }

    private void refuse(int times) {
        for (int i = 0; i < times; i++) {
            refusals.add(new JedisDataException(ON_THE_MOVE));
        }
    }

    @Test
    void answerIsReturnedWithoutAPause() {
        assertThat(patience.call(this::call)).isEqualTo("answer");

        assertThat(pauses).isEmpty();
    }

    @Test
    void refusedCallIsMadeAgainAfterLongerAndLongerPauses() {
        refuse(7);

        assertThat(patience.call(this::call)).isEqualTo("answer");

        assertThat(pauses).extracting(Duration::toMillis).containsExactly(5L, 10L, 20L, 40L, 80L, 100L, 100L);
    }

    @Test
    void callThatIsRefusedForLongFails() {
        refuse(1000);

        assertThatThrownBy(() -> patience.call(this::call)).hasMessage(ON_THE_MOVE);

        assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus))
                .isBetween(Duration.ofSeconds(1), Duration.ofMillis(1100));
    }

    @Test
    void otherRefusalIsNotMadeAgain() {
        refusals.add(new JedisDataException("OOM command not allowed"));

        assertThatThrownBy(() -> patience.call(this::call)).hasMessageStartingWith("OOM");

        assertThat(calls).isOne();
    }

    @Test
    void interruptEndsThePatienceAndStays() {
        MovePatience interrupted = new MovePatience(() -> now, Duration.ofSeconds(1), pause -> {
            throw new InterruptedException();
        });
        refuse(2);

        assertThatThrownBy(() -> interrupted.call(this::call)).hasMessage(ON_THE_MOVE);

        assertThat(calls).isOne();
        assertThat(Thread.interrupted()).isTrue();
    }
}
