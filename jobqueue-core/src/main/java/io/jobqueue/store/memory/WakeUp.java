package io.jobqueue.store.memory;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Holds at most one wake for whoever waits for a queue's work, now or next. Thread-safe. */
final class WakeUp {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition offered = lock.newCondition();
    private boolean pending;
    private boolean closed;

    void offer() {
        lock.lock();
        try {
            pending = true;
            offered.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Takes the wake, waiting for it; false when the time passed or the store was closed without one. */
    boolean await(Duration atMost) throws InterruptedException {
        long left = TimeUnit.NANOSECONDS.convert(atMost);
        lock.lockInterruptibly();
        try {
            while (!pending && !closed && left > 0) {
                left = offered.awaitNanos(left);
            }
            boolean woken = pending;
            pending = false;
            return woken;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            offered.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
