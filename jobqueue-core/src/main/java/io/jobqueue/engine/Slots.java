package io.jobqueue.engine;

import java.util.concurrent.atomic.AtomicInteger;

/** How many more jobs a worker may run now. Thread-safe. */
final class Slots {

    private final int total;
    private final AtomicInteger busy = new AtomicInteger();

    Slots(int total) {
        this.total = total;
    }

    int total() {
        return total;
    }

    int busy() {
        return busy.get();
    }

    int free() {
        return Math.max(0, total - busy.get());
    }

    /** Takes a slot; false when none is free. */
    boolean tryTake() {
        int before = busy.get();
        while (before < total) {
            if (busy.compareAndSet(before, before + 1)) {
                return true;
            }
            before = busy.get();
        }
        return false;
    }

    void giveBack() {
        busy.decrementAndGet();
    }
}
