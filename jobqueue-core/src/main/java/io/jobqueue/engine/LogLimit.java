package io.jobqueue.engine;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Lets one log line through now and then. Thread-safe. */
final class LogLimit {

    private static final long INTERVAL = Duration.ofSeconds(10).toNanos();

    private final LongSupplier nanos;
    private final AtomicLong next;

    LogLimit(LongSupplier nanos) {
        this.nanos = nanos;
        next = new AtomicLong(nanos.getAsLong());
    }

    /** Returns whether a line may be written now; then the next may ten seconds later. */
    boolean admits() {
        long now = nanos.getAsLong();
        long due = next.get();
        return now - due >= 0 && next.compareAndSet(due, now + INTERVAL);
    }
}
