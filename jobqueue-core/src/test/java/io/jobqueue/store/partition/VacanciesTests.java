package io.jobqueue.store.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.StoreUnavailableException;
import io.jobqueue.StoreUnavailableException.Outcome;
import io.jobqueue.store.JobLedger;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How long it is believed that a partition is empty, or that it is not. */
class VacanciesTests {

    private static final String PARTITION = "1/6\tmails";
    private static final Duration BELIEVED = Duration.ofSeconds(5);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
    private final AtomicInteger asked = new AtomicInteger();
    private final Vacancies vacancies = new Vacancies(ledger(), nanos::get);
    private boolean empty;
    private boolean away;

    @Test
    void storeIsAskedOnceInFiveSeconds() {
        empty = true;

        assertThat(vacancies.mayHold(PARTITION)).isFalse();
        empty = false;
        pass(BELIEVED);
        assertThat(vacancies.mayHold(PARTITION)).isFalse();
        assertThat(asked).hasValue(1);

        pass(Duration.ofNanos(1));
        assertThat(vacancies.mayHold(PARTITION)).isTrue();
        assertThat(vacancies.mayHold(PARTITION)).isTrue();
        assertThat(asked).hasValue(2);
    }

    @Test
    void partitionThatWasEmptyCountsAsEmptyWhileItDoesNotAnswer() {
        empty = true;
        assertThat(vacancies.mayHold(PARTITION)).isFalse();
        away = true;

        for (int i = 0; i < 3; i++) {
            pass(BELIEVED.plusNanos(1));
            assertThat(vacancies.mayHold(PARTITION)).isFalse();
            assertThat(vacancies.mayHold(PARTITION)).isFalse();
        }

        assertThat(asked).hasValue(4);
    }

    @Test
    void partitionThatNeverAnsweredMayHoldSomething() {
        away = true;

        assertThat(vacancies.mayHold(PARTITION)).isTrue();
        assertThat(vacancies.mayHold(PARTITION)).isTrue();

        assertThat(asked).hasValue(1);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private JobLedger ledger() {
        return (JobLedger) Proxy.newProxyInstance(
                JobLedger.class.getClassLoader(), new Class<?>[] {JobLedger.class}, (proxy, method, arguments) -> {
                    asked.incrementAndGet();
                    if (away) {
                        throw new StoreUnavailableException("away", Outcome.UNKNOWN, null);
                    }
                    return empty;
                });
    }
}
