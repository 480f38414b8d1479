package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.StoreUnavailableException;
import io.jobqueue.store.contract.HeldClock;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OutageLogTests {

    private final StoreUnavailableException away = new StoreUnavailableException(
            "no answer from localhost:6379",
            StoreUnavailableException.Outcome.UNKNOWN,
            new IOException("connection refused"));

    private final HeldClock clock = new HeldClock();
    private final OutageLog outages = new OutageLog(WorkerBench.nanosOf(clock));

    @Test
    void outageOfManyLoopsIsOneLineInTenSeconds() {
        try (LogLines log = new LogLines()) {
            for (int second = 0; second < 30; second++) {
                for (int part = 0; part < 50; part++) {
                    outages.failed("part " + part, away);
                }
                clock.advance(Duration.ofSeconds(1));
            }

            assertThat(log.messages()).hasSize(3);
            assertThat(log.messages().get(0)).contains("part 0", "no answer from localhost:6379", "by itself");
            assertThat(log.stackTraces()).isZero();
        }
    }

    @Test
    void endOfTheOutageIsToldOnce() {
        try (LogLines log = new LogLines()) {
            outages.failed("a", away);
            outages.failed("b", away);
            clock.advance(Duration.ofSeconds(5));

            outages.recovered("a");
            assertThat(log.messages()).hasSize(1);
            outages.recovered("b");
            outages.recovered("b");

            assertThat(log.messages()).hasSize(2).last().asString().contains("well again after PT5S");
        }
    }

    @Test
    void outagesThatCameAndWentAreNotAFlood() {
        try (LogLines log = new LogLines()) {
            for (int i = 0; i < 1000; i++) {
                outages.failed("a", away);
                outages.recovered("a");
                clock.advance(Duration.ofMillis(10));
            }

            assertThat(log.messages()).hasSize(2);
        }
    }

    @Test
    void errorIsToldWithItsStackEvenInAnOutage() {
        try (LogLines log = new LogLines()) {
            outages.failed("a", away);
            outages.failed("b", new IllegalStateException("a bug"));
            outages.failed("b", new IllegalStateException("a bug"));

            assertThat(log.messages()).hasSize(2);
            assertThat(log.stackTraces()).isEqualTo(1);
        }
    }
}
