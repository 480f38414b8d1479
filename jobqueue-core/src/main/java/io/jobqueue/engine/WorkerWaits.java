package io.jobqueue.engine;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * How long a worker waits between its steps, and whether it is to hear of new jobs meanwhile. {@link #afterStep} belongs to
 * the worker's loop; everything else is thread-safe.
 */
final class WorkerWaits {

    private final Slots.Seat seat;
    private final Crew crew;
    private final Settlements settlements;
    private final WorkDemand demand;
    private final Duration claimWait;
    private final Runnable watch;
    private final LongSupplier nanos;
    private final AtomicBoolean awaitingHint = new AtomicBoolean();

    /**
     * @param claimWait about how long it waits when it has nothing to do
     * @param watch is called when it begins to await a hint
     */
    WorkerWaits(
            Slots.Seat seat,
            Crew crew,
            Settlements settlements,
            WorkDemand demand,
            Duration claimWait,
            Runnable watch,
            LongSupplier nanos) {
        this.seat = seat;
        this.crew = crew;
        this.settlements = settlements;
        this.demand = demand;
        this.claimWait = claimWait;
        this.watch = watch;
        this.nanos = nanos;
    }

    /** Returns whether it has free slots and found nothing more to claim. */
    boolean isAwaitingHint() {
        return awaitingHint.get();
    }

    /** Notes that a hint has come. */
    void hinted() {
        awaitingHint.set(false);
    }

    /**
     * Returns how long it waits for the next step.
     *
     * @param room how many jobs it can take now, none when it takes nothing; does not count for a seat that is shared
     * @param takesNothing whether it claims no jobs
     * @param paused whether the store has none for it until it is resumed
     */
    Duration afterStep(int room, boolean takesNothing, boolean paused) {
        return seat.isShared() ? untilNextTurn(takesNothing, paused) : untilNext(room, takesNothing, paused);
    }

    private Duration untilNext(int room, boolean takesNothing, boolean paused) {
        awaitHint(!takesNothing && seat.slots().free() > 0 && !demand.mayBeMore() && !paused);
        if (!settlements.isEmpty() || (room > 0 && demand.mayBeMore())) {
            return Duration.ZERO;
        }
        if (crew.waiting() > 0) {
            return ClaimAhead.PATIENCE;
        }
        return room > 0 ? demand.untilLook(nanos.getAsLong()) : claimWait;
    }

    /** Whoever wants slots is called when one comes free, and hears of new work although there is none. */
    private Duration untilNextTurn(boolean takesNothing, boolean paused) {
        long now = nanos.getAsLong();
        boolean wants = !takesNothing && demand.isWorthAsking(now);
        if (!wants) {
            seat.leave();
        }
        awaitHint(!wants && !takesNothing && !paused);
        if (!settlements.isEmpty()) {
            return Duration.ZERO;
        }
        if (crew.waiting() > 0) {
            return ClaimAhead.PATIENCE;
        }
        if (takesNothing || (wants && seat.isInLine())) {
            return claimWait;
        }
        return wants ? Duration.ZERO : demand.untilLook(now);
    }

    private void awaitHint(boolean awaits) {
        boolean begins = !awaitingHint.getAndSet(awaits) && awaits;
        if (begins) {
            watch.run();
        }
    }
}
