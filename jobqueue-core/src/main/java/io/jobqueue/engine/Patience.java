package io.jobqueue.engine;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Waits for something to become true; an interrupt ends all patience. Confined to one thread. */
final class Patience {

    private static final long STEP = Duration.ofMillis(2).toNanos();

    private final LongSupplier nanos;
    private boolean interrupted;

    Patience(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Returns whether {@code reached} became true within {@code atMost}. */
    boolean await(Duration atMost, BooleanSupplier reached) {
        long deadline = nanos.getAsLong() + atMost.toNanos();
        while (!reached.getAsBoolean()) {
            if (interrupted || deadline - nanos.getAsLong() <= 0) {
                return false;
            }
            LockSupport.parkNanos(this, STEP);
            interrupted |= Thread.interrupted();
        }
        return true;
    }

    /** Leaves the thread's interrupt as it would be without the waiting. */
    void end() {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
