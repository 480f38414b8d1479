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

    void take() {
        busy.incrementAndGet();
    }

    void giveBack() {
        busy.decrementAndGet();
    }
}
