package io.jobqueue.engine;

import io.jobqueue.store.ExchangeRequest;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** The threads beside a worker's own that take steps of it when that pays. */
final class SideLines {

    private final Turns turns;
    private final WorkerLease lease;
    private final Room room;
    private final Settlements settlements;
    private final WorkDemand demand;
    private final LongSupplier nanos;
    private final BooleanSupplier takesNothing;
    private final BooleanSupplier isAwaitingHint;
    private final SideLine second;
    private final SideLine atHint;
    private final SideLine atEnd;

    /**
     * @param takesNothing whether the worker claims no jobs
     * @param isAwaitingHint whether the worker hears of new jobs
     * @param step takes a step of the worker
     */
    SideLines(
            Turns turns,
            WorkerLease lease,
            Room room,
            Settlements settlements,
            WorkDemand demand,
            LongSupplier nanos,
            BooleanSupplier takesNothing,
            BooleanSupplier isAwaitingHint,
            Consumer<StoreLine> step,
            Runnable wakeWorker) {
        this.turns = turns;
        this.lease = lease;
        this.room = room;
        this.settlements = settlements;
        this.demand = demand;
        this.nanos = nanos;
        this.takesNothing = takesNothing;
        this.isAwaitingHint = isAwaitingHint;
        second = new SideLine(turns, this::isWorthASecondCall, step, () -> true, lease, wakeWorker, nanos);
        atHint = new SideLine(turns, this::isWorthACallAtOnce, step, () -> true, lease, wakeWorker, nanos);
        atEnd = new SideLine(turns, this::isLastRun, step, this::leavesWork, lease, wakeWorker, nanos);
    }

    /** Returns what makes a call while the worker is in one: runs are so short that the store would wait for it. */
    SideLine second() {
        return second;
    }

    /** Returns what claims jobs on the thread that has heard of them, instead of waking the worker for it. */
    SideLine atHint() {
        return atHint;
    }

    /** Returns what tells the store of the only run there was, on the thread that has run it. */
    SideLine atEnd() {
        return atEnd;
    }

    /** Gives up what hangs in a thread that nobody watches. */
    void abandonHanging(Duration patience) {
        atEnd.abandonAfter(patience);
    }

    /** Outcomes of other runs would gather while the worker wakes, and make its call worth more. */
    private boolean isLastRun() {
        return turns.calls() == 0
                && !room.isShared()
                && isUsable()
                && lease.current().size() == 1;
    }

    private boolean leavesWork() {
        return !settlements.isEmpty()
                || demand.isWorthAsking(nanos.getAsLong()) // a hint may have come during the call
                || demand.looksSooner()
                || room.isExceeded()
                || room.isShared()
                || !isAwaitingHint.getAsBoolean();
    }

    private boolean isWorthASecondCall() {
        return turns.calls() == 1
                && room.isStoreTheSlower()
                && isUsable()
                && settlements.size() >= ExchangeRequest.MOST / 2;
    }

    private boolean isWorthACallAtOnce() {
        return turns.calls() == 0 && !room.isShared() && isUsable() && demand.isWorthAsking(nanos.getAsLong());
    }

    /** What is held must be told to the store first, which is the worker's part, as is the end. */
    private boolean isUsable() {
        return !takesNothing.getAsBoolean() && !lease.current().isDoubtful();
    }
}
