package io.jobqueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class JobOutcomesTests {

    @Test
    void reasonIsTheMessage() {
        assertThat(JobOutcomes.fail("closed")).hasMessage("closed");
        assertThat(JobOutcomes.cancel("not needed")).hasMessage("not needed");
        assertThat(JobOutcomes.retryAfter(Duration.ZERO, "busy")).hasMessage("busy");
        assertThat(JobOutcomes.snooze(Duration.ofSeconds(3))).hasMessage("snoozed for PT3S");
    }

    @Test
    void onlyFailuresPayForAStackTrace() {
        assertThat(JobOutcomes.fail("closed").getStackTrace()).isNotEmpty();
        assertThat(JobOutcomes.retryAfter(Duration.ZERO, "busy").getStackTrace())
                .isNotEmpty();
        assertThat(JobOutcomes.snooze(Duration.ofSeconds(3)).getStackTrace()).isEmpty();
        assertThat(JobOutcomes.cancel("not needed").getStackTrace()).isEmpty();
    }

    @Test
    void delaysOutOfBoundsAreRefused() {
        assertThatExceptionOfType(InvalidJobException.class)
                .isThrownBy(() -> JobOutcomes.snooze(Duration.ofNanos(999_999)))
                .withMessageContaining("shorter than a millisecond");
        assertThatExceptionOfType(InvalidJobException.class)
                .isThrownBy(() -> JobOutcomes.snooze(Duration.ZERO))
                .withMessageContaining("must be more than zero");
        assertThatExceptionOfType(InvalidJobException.class)
                .isThrownBy(() -> JobOutcomes.retryAfter(Duration.ofMillis(-1), "busy"))
                .withMessageContaining("is negative");
    }
}
