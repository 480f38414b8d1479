package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LeaseTests {

    private static final Duration LENGTH = Duration.ofSeconds(30);

    private final Lease lease = Lease.begin("work", "worker-1", LENGTH);

    @Test
    void leaseTheStoreHasNotSeenDoesNotEnd() {
        assertThat(lease.untilEnd(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void answerOfAnEarlierCallDoesNotShortenIt() {
        lease.extendFrom(1_000);
        lease.extendFrom(0);

        assertThat(lease.untilEnd(1_000)).isEqualTo(LENGTH.toNanos());
    }

    @Test
    void clockThatWrapsAroundIsNoProblem() {
        lease.extendFrom(Long.MAX_VALUE - 10);
        lease.extendFrom(Long.MIN_VALUE + 10);

        assertThat(lease.untilEnd(Long.MIN_VALUE + 10)).isEqualTo(LENGTH.toNanos());
    }

    @Test
    void sessionsAreNeverTheSame() {
        assertThat(lease.session().id())
                .hasSize(32)
                .isNotEqualTo(Lease.begin("work", "worker-1", LENGTH).session().id());
    }

    @Test
    void leaseIsLostOnce() {
        assertThat(lease.lose()).isTrue();
        assertThat(lease.lose()).isFalse();
        assertThat(lease.isLost()).isTrue();
    }
}
