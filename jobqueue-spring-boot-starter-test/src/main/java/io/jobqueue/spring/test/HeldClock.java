package io.jobqueue.spring.test;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** The clock of a test: it stands still until somebody moves it. Not a clock to others, so that nobody is given it by type. */
final class HeldClock {

    private final AtomicReference<Instant> now;

    HeldClock(Instant start) {
        now = new AtomicReference<>(start);
    }

    InstantSource source() {
        return now::get;
    }

    void advance(Duration by) {
        now.updateAndGet(before -> before.plus(by));
    }
}
