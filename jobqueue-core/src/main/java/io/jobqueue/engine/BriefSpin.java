package io.jobqueue.engine;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Waits some microseconds on the processor before a thread parks, as long as that was enough lately: to wake a thread
 * costs more than so short a wait. When it was not, it is tried again now and then. After the adaptive spinning of locks
 * in the HotSpot virtual machine. Never spins where there is one processor. Thread-safe; what it has learned may get lost
 * between threads.
 */
final class BriefSpin {

    /** About what it costs to park a thread and to wake it. */
    static final long MOST_NANOS = 20_000;

    private static final int MOST_CREDIT = 8;
    private static final int LOSS = 4;
    private static final int TRY_EVERY = 64;

    private final LongSupplier nanos;
    private final boolean mayPay;
    private volatile int credit = MOST_CREDIT;
    private volatile int skipped;

    BriefSpin(LongSupplier nanos, int processors) {
        this.nanos = nanos;
        mayPay = processors > 1;
    }

    /** Returns one for the processors this process may use. */
    static BriefSpin ofThisProcess() {
        return new BriefSpin(System::nanoTime, Runtime.getRuntime().availableProcessors());
    }

    /** Waits briefly for something; returns whether it has come about. */
    boolean await(BooleanSupplier condition) {
        if (condition.getAsBoolean()) {
            return true;
        }
        return isWorthIt() && spin(condition);
    }

    private boolean isWorthIt() {
        if (!mayPay || credit > 0) {
            return mayPay;
        }
        int times = skipped + 1;
        skipped = times % TRY_EVERY;
        return skipped == 0;
    }

    private boolean spin(BooleanSupplier condition) {
        long start = nanos.getAsLong();
        while (nanos.getAsLong() - start < MOST_NANOS) {
            if (condition.getAsBoolean()) {
                credit = Math.min(MOST_CREDIT, credit + 1);
                return true;
            }
            Thread.onSpinWait();
        }
        credit = Math.max(0, credit - LOSS);
        return false;
    }
}
