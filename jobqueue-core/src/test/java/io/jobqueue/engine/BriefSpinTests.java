package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BriefSpinTests {

    private static final int TIMES = 6400;

    private final AtomicInteger looks = new AtomicInteger();
    private long now;
    private final BriefSpin spin = new BriefSpin(() -> now += 1000, 2);

    /** What comes about after so many looks, each a microsecond apart. */
    private boolean await(int after) {
        int from = looks.get();
        return spin.await(() -> looks.incrementAndGet() - from > after);
    }

    private double looksEach(int times, int after) {
        looks.set(0);
        for (int i = 0; i < times; i++) {
            await(after);
        }
        return (double) looks.get() / times;
    }

    @Test
    void whatComesSoonIsAwaited() {
        for (int i = 0; i < TIMES; i++) {
            assertThat(await(10)).isTrue();
        }
    }

    @Test
    void whatDoesNotComeSoonIsLookedForOnce() {
        assertThat(await(1_000_000)).isFalse();
        assertThat(looksEach(TIMES, 1_000_000)).isBetween(1.0, 1.5);
    }

    @Test
    void whatComesSoonAgainIsAwaitedAgain() {
        looksEach(TIMES, 1_000_000);
        int found = 0;
        for (int i = 0; i < TIMES; i++) {
            found += await(10) ? 1 : 0;
        }

        assertThat(found).isGreaterThan(TIMES / 2);
    }

    @Test
    void oneProcessorIsLeftToWhoeverIsAwaited() {
        BriefSpin alone = new BriefSpin(() -> now += 1000, 1);

        assertThat(alone.await(() -> looks.incrementAndGet() > 1)).isFalse();
        assertThat(looks.get()).isEqualTo(1);
    }

    @Test
    void whatIsThereNeedsNoWait() {
        assertThat(spin.await(() -> true)).isTrue();
        assertThat(now).isZero();
    }
}
