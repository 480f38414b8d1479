package io.jobqueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BackoffTests {

    private static final Duration HOUR = Duration.ofHours(1);

    private static LongStream seconds(Backoff backoff, int attempts) {
        return IntStream.rangeClosed(1, attempts)
                .mapToLong(attempt -> backoff.delayAfter(attempt, 0).toSeconds());
    }

    @Test
    void fixedDelayNeverGrows() {
        assertThat(seconds(Backoff.fixed(Duration.ofSeconds(7)), 4)).containsExactly(7L, 7L, 7L, 7L);
    }

    @Test
    void linearDelayGrowsByItsIncrementUpToTheMost() {
        Backoff backoff = Backoff.linear(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(30));

        assertThat(seconds(backoff, 5)).containsExactly(5L, 15L, 25L, 30L, 30L);
    }

    @Test
    void exponentialDelayDoublesUpToTheMost() {
        Backoff backoff = Backoff.exponential(Duration.ofSeconds(1), Duration.ofSeconds(6));

        assertThat(seconds(backoff, 5)).containsExactly(1L, 2L, 4L, 6L, 6L);
    }

    @Test
    void multiplierAndIncrementAddUp() {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), 2, Duration.ofSeconds(3), HOUR, 0);

        assertThat(seconds(backoff, 4)).containsExactly(1L, 5L, 10L, 17L);
    }

    @Test
    void jitterOnlyAdds() {
        Backoff backoff = new Backoff(Duration.ofSeconds(10), 1, Duration.ofSeconds(10), 0.5);

        assertThat(backoff.delayAfter(1, 0)).isEqualTo(Duration.ofSeconds(10));
        assertThat(backoff.delayAfter(1, 0.5)).isEqualTo(Duration.ofMillis(12_500));
    }

    @Test
    void noAttemptOverflowsTheDelay() {
        Backoff steep = new Backoff(Duration.ofDays(3650), 1000, Durations.LONGEST, Durations.LONGEST, 1);
        Backoff fromNothing = new Backoff(Duration.ZERO, 1000, Durations.LONGEST, 0);

        assertThat(steep.delayAfter(Integer.MAX_VALUE, 0)).isEqualTo(Durations.LONGEST);
        assertThat(fromNothing.delayAfter(Integer.MAX_VALUE, 0)).isZero();
    }

    @Test
    void incrementIsBounded() {
        assertThatThrownBy(() -> new Backoff(Duration.ZERO, 1, Duration.ofSeconds(-1), HOUR, 0))
                .isInstanceOf(InvalidJobException.class)
                .hasMessage("backoff increment PT-1S: is negative; give zero or more");
    }
}
