package io.jobqueue.engine;

import io.jobqueue.StoreUnavailableException;
import io.jobqueue.StoreUnavailableException.Outcome;
import io.jobqueue.store.EnqueueAnswer;
import io.jobqueue.store.HandOver;
import io.jobqueue.store.JobTransitions;
import io.jobqueue.store.NewJob;
import io.jobqueue.store.WorkerSession;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Stores jobs for whose results callers of this engine wait, and claims them in the same call for its worker when that is
 * out of work: a job whose caller waits here need not wait for a hint. Thread-safe.
 */
final class HandOvers {

    private final WorkerSetup setup;
    private final JobTransitions transitions;
    private final Turns turns;
    private final StoreLine line;
    private final WorkerLease lease;
    private final Room room;
    private final WorkDemand demand;
    private final RunStarts starts;
    private final BooleanSupplier mayClaim;
    private final Runnable wakeWorker;
    private final LongSupplier nanos;
    private final BriefSpin spin = BriefSpin.ofThisProcess();
    private volatile long callBegan;
    private volatile boolean calling;

    /**
     * @param mayClaim whether the worker claims jobs now
     */
    HandOvers(
            WorkerSetup setup,
            JobTransitions transitions,
            Turns turns,
            WorkerLease lease,
            Room room,
            WorkDemand demand,
            RunStarts starts,
            BooleanSupplier mayClaim,
            Runnable wakeWorker,
            LongSupplier nanos) {
        this.setup = setup;
        this.transitions = transitions;
        this.turns = turns;
        line = new StoreLine(turns);
        this.lease = lease;
        this.room = room;
        this.demand = demand;
        this.starts = starts;
        this.mayClaim = mayClaim;
        this.wakeWorker = wakeWorker;
        this.nanos = nanos;
    }

    /**
     * Stores jobs, and begins to run them when nothing stands before them.
     *
     * @param jobs of the worker's partition
     * @return one answer a job, in order; null when the worker cannot take them and nothing was stored
     */
    @Nullable
    List<EnqueueAnswer> enqueue(List<NewJob> jobs) {
        boolean unusedSinceItIsAskedAgain =
                spin.await(turns::areFree); // a caller that was told just now is faster than the step
        return turns.takeIfFree(() -> canTake(jobs) ? store(jobs) : null);
    }

    /** Gives up a call that hangs in a caller's thread, as if it had got no answer. */
    void abandonHanging() {
        if (calling && nanos.getAsLong() - callBegan > setup.stuckAfter().toNanos()) {
            line.abandon(wakeWorker);
        }
    }

    private boolean canTake(List<NewJob> jobs) {
        Lease current = lease.current();
        return !calling
                && mayClaim.getAsBoolean()
                && setup.ownThreads() // another executor may run the handler here, and its caller would wait in its way
                && !demand.isWorthAsking(nanos.getAsLong())
                && !room.isShared()
                && room.jobs() >= jobs.size()
                && !setup.intake().isRestricted()
                && setup.takesAll(jobs)
                && !current.isDoubtful()
                && !current.isLost()
                && !lease.hasEnded(current);
    }

    private List<EnqueueAnswer> store(List<NewJob> jobs) {
        Lease usable = lease.current();
        WorkerSession session = usable.session(); // of this turn: what comes later belongs to another epoch
        callBegan = nanos.getAsLong();
        calling = true;
        room.asking(jobs.size());
        HandOver over;
        try {
            over = line.make(
                    () -> transitions.handOver(session, jobs),
                    () -> {
                        room.asked(jobs.size());
                        calling = false;
                    },
                    () -> usable.doubt(true));
        } catch (AbandonedStepException e) {
            throw new StoreUnavailableException("the store has not answered for too long", Outcome.UNKNOWN, e);
        } catch (Throwable e) {
            if (!(e instanceof StoreUnavailableException away) || away.outcome() != Outcome.REFUSED) {
                usable.doubt(true);
            }
            wakeWorker.run(); // it tells the store which claims are known, and may have missed a hint
            throw e;
        }
        calling = false;
        room.asked(jobs.size());
        if (!over.claims().isEmpty()) {
            usable.extendFrom(callBegan);
            begin(usable, over);
        }
        if (over.claims().isEmpty() || demand.isWorthAsking(nanos.getAsLong()) || room.isExceeded()) {
            wakeWorker.run(); // its slots were meant for these jobs when a hint came, or there are more than slots
        }
        return over.answers();
    }

    /** The jobs are stored: that they cannot be run here is nothing their callers need to hear of. */
    private void begin(Lease usable, HandOver over) {
        try {
            starts.begin(usable, over.claims(), over.at(), Share.WHOLE);
        } catch (RejectedExecutionException e) {
            wakeWorker.run(); // every claim is known and is handed back
        } catch (Throwable e) { // such as no memory left
            usable.doubt(true);
            wakeWorker.run();
            throw e;
        }
    }
}
