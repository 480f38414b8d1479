package io.jobqueue.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets several threads take the steps of one worker by turns: what they share is touched by one of them at a time, and only
 * their calls of the store overlap. Thread-safe; the turn is taken again by a thread that has it without waiting.
 */
final class Turns {

    private static final Logger log = LoggerFactory.getLogger(Turns.class);

    private final ReentrantLock turn = new ReentrantLock();
    private final Condition callOver = turn.newCondition();
    private final List<Runnable> afterwards = new ArrayList<>();
    private final AtomicInteger undone = new AtomicInteger();
    private int calls;

    /** Does something in a turn of its own. */
    <T> T take(Supplier<T> step) {
        turn.lock();
        try {
            return step.get();
        } finally {
            release();
        }
    }

    /** Does something in a turn of its own. */
    void take(Runnable step) {
        turn.lock();
        try {
            step.run();
        } finally {
            release();
        }
    }

    /** Returns whether nobody has a turn, which may be another thing a moment later. */
    boolean areFree() {
        return !turn.isLocked();
    }

    /** Does something in a turn of its own if nobody has one, the calling thread neither; else returns null and does nothing. */
    <T> @Nullable T takeIfFree(Supplier<@Nullable T> step) {
        if (turn.isHeldByCurrentThread() || !turn.tryLock()) {
            return null;
        }
        try {
            return step.get();
        } finally {
            release();
        }
    }

    /**
     * Does something in a turn of its own, when its turn comes within {@code patience}.
     *
     * @return what it returned; false when its turn did not come
     */
    boolean tryTake(Duration patience, BooleanSupplier step) {
        boolean interrupted = false;
        boolean taken = false;
        try {
            taken = turn.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS);
            return taken && step.getAsBoolean();
        } catch (InterruptedException e) {
            interrupted = true;
            return false;
        } finally {
            if (taken) {
                release();
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Has something done by the thread that has the turn, as soon as it has it no longer: whoever is told something so finds
     * the turns free. Needs the turn.
     *
     * @param task what it throws is logged
     */
    void afterwards(Runnable task) {
        undone.incrementAndGet();
        boolean added = false;
        try {
            added = afterwards.add(task);
        } finally {
            if (!added) {
                undone.decrementAndGet();
            }
        }
    }

    /** Returns whether all that was to be done afterwards is done. */
    boolean nothingIsLeft() {
        return undone.get() == 0;
    }

    private void release() {
        List<Runnable> due = List.of();
        try {
            if (turn.getHoldCount() == 1 && !afterwards.isEmpty()) {
                due = List.copyOf(afterwards);
                afterwards.clear();
            }
        } finally {
            turn.unlock();
        }
        for (int i = 0; i < due.size(); i++) { // without an iterator: there may be no memory left
            run(due.get(i));
        }
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) { // the others must not suffer for it, nor the step
            tell(e);
        } finally {
            undone.decrementAndGet();
        }
    }

    private static void tell(Throwable failure) {
        try {
            log.error("What was to be done after a turn has failed", failure);
        } catch (Throwable e) {
            return; // no memory is left even for that
        }
    }

    /** Returns how many calls of the store are under way; needs the turn. */
    int calls() {
        return calls;
    }

    /** Lets the others have their turns until no call of the store is under way; needs the turn. */
    void awaitCalls() {
        while (calls > 0) {
            callOver.awaitUninterruptibly();
        }
    }

    /** Does so for {@code atMost}; returns whether none is under way. */
    boolean awaitCalls(Duration atMost) {
        long left = atMost.toNanos();
        try {
            while (calls > 0 && left > 0) {
                left = callOver.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return calls == 0;
    }

    /** Begins a call of the store; needs the turn. */
    Call begin() {
        calls++;
        return new Call();
    }

    /** A call of the store, during which others have their turns. */
    final class Call {

        private boolean over;

        /** Makes the call, which must be done once, by the thread whose turn it is; that has the turn again afterwards. */
        <T> T make(Supplier<T> call) {
            try {
                release();
                return call.get();
            } finally {
                turn.lock();
                end();
            }
        }

        /** Waits for the call no longer. Repeating is harmless. */
        void end() {
            take(() -> {
                if (!over) {
                    over = true;
                    calls--;
                    callOver.signalAll();
                }
            });
        }
    }
}
