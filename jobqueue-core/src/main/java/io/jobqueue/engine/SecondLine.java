package io.jobqueue.engine;

import io.jobqueue.JobQueueException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A second line to the store for a worker whose runs are so short that the store would wait for it between two calls: while
 * one answer is worked on, the next call is under way. It is woken by the worker and rests otherwise; what it is unable to
 * do is left to the worker.
 */
final class SecondLine implements Periodic {

    private static final Duration UNTIL_WOKEN = Duration.ofMinutes(1);

    private final Turns turns;
    private final StoreLine line;
    private final BooleanSupplier isWorthACall;
    private final Consumer<StoreLine> step;
    private final WorkerLease lease;
    private final Runnable wakeWorker;

    /**
     * @param isWorthACall whether a step pays now; asked in a turn
     * @param step takes a step of the worker in a turn
     */
    SecondLine(
            Turns turns,
            BooleanSupplier isWorthACall,
            Consumer<StoreLine> step,
            WorkerLease lease,
            Runnable wakeWorker) {
        this.turns = turns;
        line = new StoreLine(turns);
        this.isWorthACall = isWorthACall;
        this.step = step;
        this.lease = lease;
        this.wakeWorker = wakeWorker;
    }

    @Override
    public Duration poll() {
        return turns.take(() -> isWorthACall.getAsBoolean() && step()) ? Duration.ZERO : UNTIL_WOKEN;
    }

    private boolean step() {
        try {
            step.accept(line);
            return true;
        } catch (JobQueueException e) {
            return false; // the worker will meet it too, and tell of it
        } finally {
            wakeWorker.run(); // what it waits for may be another thing now
        }
    }

    /** Gives up the call that a thread hangs in, as if it had got no answer; the claims stay. */
    @Override
    public boolean abandon() {
        return line.abandon(() -> {});
    }

    /** Nobody knows what the step has told of the claims before its thread died, so all of them are given up. */
    @Override
    public void restart() {
        if (!abandon()) {
            lease.lose(lease.current());
        }
    }
}
