package io.jobqueue.engine;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes steps of a worker on another thread than the worker's own, when a step pays there and then. What it is unable to do
 * is left to the worker, which is woken after every step.
 */
final class SideLine implements Periodic {

    private static final Duration UNTIL_WOKEN = Duration.ofMinutes(1);

    private final Turns turns;
    private final StoreLine line;
    private final BooleanSupplier isWorthAStep;
    private final Consumer<StoreLine> step;
    private final BooleanSupplier leavesWork;
    private final WorkerLease lease;
    private final Runnable wakeWorker;
    private final LongSupplier nanos;
    private volatile long stepBegan;
    private volatile @Nullable Thread stepping;

    /**
     * @param isWorthAStep whether a step pays now; asked in a turn
     * @param step takes a step of the worker in a turn
     * @param leavesWork whether there is anything for the worker to do or to wait for anew after a step; asked in the same turn
     */
    SideLine(
            Turns turns,
            BooleanSupplier isWorthAStep,
            Consumer<StoreLine> step,
            BooleanSupplier leavesWork,
            WorkerLease lease,
            Runnable wakeWorker,
            LongSupplier nanos) {
        this.turns = turns;
        line = new StoreLine(turns);
        this.isWorthAStep = isWorthAStep;
        this.step = step;
        this.leavesWork = leavesWork;
        this.lease = lease;
        this.wakeWorker = wakeWorker;
        this.nanos = nanos;
    }

    /** Takes a step when it pays, and another at once. */
    @Override
    public Duration poll() {
        return takeStep() ? Duration.ZERO : UNTIL_WOKEN;
    }

    /** Takes a step when it pays and no other thread is in one of this line; returns whether it did. */
    boolean takeStep() {
        return turns.take(() -> {
            if (stepping != null) {
                return false;
            }
            Thread current = Thread.currentThread();
            stepBegan = nanos.getAsLong();
            stepping = current; // before the question, so that whoever has stopped the worker sees one or the other
            try {
                return isWorthAStep.getAsBoolean() && step();
            } finally {
                if (current.equals(stepping)) { // else it was given up, and another may be in a step
                    stepping = null;
                }
            }
        });
    }

    private boolean step() {
        boolean needed = true;
        try {
            step.accept(line);
            needed = leavesWork.getAsBoolean();
            return true;
        } catch (AbandonedStepException e) {
            throw e;
        } catch (RuntimeException e) {
            return false; // the worker will meet it too, and tell of it
        } finally {
            if (needed) {
                wakeWorker.run();
            }
        }
    }

    /** Returns whether a thread is in a step. */
    boolean isStepping() {
        return stepping != null;
    }

    /** Gives up the call that a thread hangs in, as if it had got no answer; the claims stay. */
    @Override
    public boolean abandon() {
        return line.abandon(() -> {
            stepping = null;
            wakeWorker.run();
        });
    }

    /** Does so when the call hangs for longer than {@code patience}. */
    void abandonAfter(Duration patience) {
        if (stepping != null && nanos.getAsLong() - stepBegan > patience.toNanos()) {
            abandon();
        }
    }

    /** Nobody knows what the step has told of the claims before its thread died, so all of them are given up. */
    @Override
    public void restart() {
        if (!abandon()) {
            lease.lose(lease.current());
        }
    }
}
