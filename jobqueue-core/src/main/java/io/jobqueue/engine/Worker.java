package io.jobqueue.engine;

import io.jobqueue.store.ExchangeAnswer;
import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.JobTransitions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Works on one queue: settles what has ended and claims what the free slots can take, and a little ahead when runs are
 * very short, both in one call of the store. While a call is under way the next outcomes gather, so the batch grows with
 * the load.
 *
 * <p>{@link #poll} belongs to the worker's loop, which takes its steps by turns with those of {@link #sides}; everything else
 * is thread-safe.
 */
final class Worker implements Periodic {

    /** How long the end waits for a call of another thread. */
    private static final Duration LAST_WAIT = Duration.ofSeconds(2);

    private final WorkerSetup setup;
    private final JobTransitions transitions;
    private final Slots.Seat seat;
    private final Crew crew;
    private final BooleanSupplier leads;
    private final WorkerWakes wakes;
    private final LongSupplier nanos;
    private final Outcomes outcomes;
    private final Settlements settlements;
    private final WorkerLease lease;
    private final WorkDemand demand;
    private final WorkerWaits waits;
    private final Room room;
    private final Runnable roomForMore = this::lookAgain;
    private final Turns turns = new Turns();
    private final StoreLine line = new StoreLine(turns);
    private final SideLines sides;
    private final HeldRuns runs;
    private final RunStarts starts;
    private final HandOvers handOvers;
    private volatile boolean draining;
    private boolean finishing;
    private volatile boolean paused;
    private volatile long answeredAt;

    /**
     * @param executor runs handlers
     * @param leads whether this process does the maintenance of the queue
     * @param wakes how to wake the loops of this worker
     */
    Worker(
            WorkerSetup setup,
            JobTransitions transitions,
            RunNotes notes,
            JobRunner runner,
            Executor executor,
            BooleanSupplier leads,
            WorkerWakes wakes,
            LoopContext context) {
        this.setup = setup;
        this.transitions = transitions;
        seat = setup.slots().seat(wakes.worker());
        crew = new Crew(seat, setup.intake(), runner, executor, wakes.worker(), this::runEnded);
        this.leads = leads;
        this.wakes = wakes;
        nanos = context.nanos();
        outcomes = new Outcomes(wakes.worker());
        settlements = new Settlements(
                outcomes,
                setup.replies(),
                setup.ownThreads() ? turns::afterwards : Runnable::run, // another executor may hold a turn up
                context.listener(),
                runner.failures());
        lease = new WorkerLease(setup, transitions, context.listener(), nanos, wakes.worker());
        demand = new WorkDemand(setup.idleWait(), context.jitter(), nanos.getAsLong());
        waits = new WorkerWaits(seat, crew, settlements, demand, setup.idleWait(), wakes.watch(), nanos);
        room = new Room(seat, crew);
        runs = new HeldRuns(lease, crew);
        sides = new SideLines(
                turns,
                lease,
                room,
                settlements,
                demand,
                nanos,
                this::takesNothing,
                waits::isAwaitingHint,
                this::step,
                wakes.worker());
        starts = new RunStarts(lease, crew, outcomes, notes, () -> draining, nanos);
        handOvers = new HandOvers(
                setup, transitions, turns, lease, room, demand, starts, this::mayClaim, wakes.worker(), nanos);
        answeredAt = nanos.getAsLong();
    }

    String queue() {
        return setup.queue();
    }

    /** Returns what the store calls the partition it claims from. */
    String partition() {
        return setup.partition().name();
    }

    /** Returns what may take its steps beside it. */
    SideLines sides() {
        return sides;
    }

    /** Returns what takes jobs for it whose callers wait in this process. */
    HandOvers handOvers() {
        return handOvers;
    }

    WorkerLease lease() {
        return lease;
    }

    HeldRuns runs() {
        return runs;
    }

    Slots slots() {
        return seat.slots();
    }

    @Override
    public Duration poll() {
        return turns.take(() -> {
            try {
                abandonHanging();
                step(line);
            } catch (AbandonedStepException e) {
                throw e; // the seat is that of another thread now
            } catch (Throwable e) {
                giveUpSeat();
                throw e;
            }
            seat.release();
            return waits.afterStep(free(), takesNothing(), paused);
        });
    }

    /** Gives up the call of the store that a thread hangs in, as if it had got no answer; the claims stay. */
    @Override
    public boolean abandon() {
        abandonHanging(); // the step may wait for calls of threads that nobody else watches
        return line.abandon(this::giveUpSeat);
    }

    private void abandonHanging() {
        sides.abandonHanging(setup.stuckAfter());
        handOvers.abandonHanging();
    }

    /** Nobody knows what the step has told of the claims before its thread died, so all of them are given up. */
    @Override
    public void restart() {
        if (!abandon()) {
            lease.lose(lease.current());
            giveUpSeat();
        }
    }

    /** While it cannot reach the store, other partitions need not wait for it. */
    private void giveUpSeat() {
        seat.leave();
        seat.release();
    }

    /** The last run to end tells the store itself: nobody else is about to, and waking the worker takes longer. */
    private void runEnded() {
        boolean told = false;
        try {
            told = setup.ownThreads() && sides.atEnd().takeStep();
        } catch (AbandonedStepException e) {
            told = true; // whoever gave it up has put back what is to be told, and woken the worker
        } finally {
            if (!told) {
                wakes.worker().run();
            }
        }
    }

    private boolean mayClaim() {
        return !takesNothing() && !paused;
    }

    private void step(StoreLine mine) {
        Lease usable = usableLease(mine);
        room.handBackWaiting(draining ? Duration.ZERO : ClaimAhead.PATIENCE);
        List<Ending> endings = settlements.take();
        if (endings.size() >= ExchangeRequest.MOST / 2 && turns.calls() == 0 && room.isStoreTheSlower()) {
            wakes.second().run(); // it waits for its turn, which comes with the call
        }
        boolean worthAsking = demand.isWorthAsking(nanos.getAsLong());
        if (!worthAsking && endings.isEmpty()) {
            return;
        }
        int free = seat.isShared() ? room.part(worthAsking, takesNothing()) : free();
        if (free > 0 || !endings.isEmpty()) {
            exchange(mine, usable, endings, free);
        } else if (isClosed()) {
            exchange(mine, usable, endings, 0); // so that it stays known to the store, and its session alive
            demand.shown(nanos.getAsLong());
        }
    }

    /** The store is told which claims are known: none may be on its way to us meanwhile. */
    private Lease usableLease(StoreLine mine) {
        if (lease.current().isDoubtful() && !finishing) {
            turns.awaitCalls();
        }
        return lease.usable(mine::make);
    }

    /**
     * Takes a hint that there is work; false when it cannot use it now and somebody else should have it. It is remembered
     * all the same when other partitions have the slots, since no job of its own may end and make it look.
     */
    boolean takeHint() {
        waits.hinted();
        boolean usable = freeSlots() > 0 && !paused;
        if (usable || (seat.isShared() && !takesNothing() && !paused)) {
            demand.hint();
            if (!sides.atHint().takeStep()) {
                wakes.worker().run();
            }
        }
        return usable;
    }

    /** Looks for jobs that it could not claim before. */
    void lookAgain() {
        demand.hint();
        wakes.worker().run();
    }

    /** Returns whether it has free slots and found nothing more to claim. */
    boolean isAwaitingHint() {
        return waits.isAwaitingHint();
    }

    /** Returns whether the store has said, in its last answer, that the worker is paused. */
    boolean isPaused() {
        return paused;
    }

    /** Returns how long ago the store last answered, or since the start. */
    Duration sinceAnswer() {
        return Duration.ofNanos(nanos.getAsLong() - answeredAt);
    }

    /** Claims nothing more from now on; what runs goes on and is settled. */
    void drain() {
        draining = true;
        wakes.worker().run();
    }

    /** Returns whether no claim is held any more, and whoever waits here for what was held is told. */
    boolean holdsNothing() {
        Lease current = lease.current();
        return (current.isLost() || !current.holdsClaims()) && turns.nothingIsLeft();
    }

    /** Tells the outcomes that are left, and gives back to the store whatever it still holds for this worker. */
    @Override
    public void finish() {
        try {
            turns.take(this::tellTheLast);
        } finally {
            turns.take(
                    lease::giveBack); // a turn of its own: whoever waits for the last outcomes is told before this call
        }
    }

    private void tellTheLast() {
        if (!turns.awaitCalls(LAST_WAIT)) {
            lease.current().doubt(true); // it may still bring claims, which a new epoch refuses
        }
        finishing = true;
        do {
            step(line);
        } while (!settlements.isEmpty());
    }

    private int freeSlots() {
        return takesNothing() ? 0 : seat.slots().free();
    }

    private boolean takesNothing() {
        return draining || isClosed();
    }

    private boolean isClosed() {
        return setup.intake().isClosed(setup.queue());
    }

    private int free() {
        return takesNothing() ? 0 : room.jobs();
    }

    private void exchange(StoreLine mine, Lease usable, List<Ending> endings, int free) {
        if (free > 0) {
            demand.asking();
        }
        Share share = setup.intake().share(free, roomForMore);
        try {
            exchange(mine, usable, endings, free, share);
        } catch (AbandonedStepException e) {
            throw e; // the share was released by whoever gave the call up
        } catch (Throwable e) {
            share.release();
            throw e;
        }
        share.release();
    }

    private void exchange(StoreLine mine, Lease usable, List<Ending> endings, int free, Share share) {
        long sentAt = nanos.getAsLong();
        ExchangeRequest request = new ExchangeRequest(
                usable.session(),
                Settlements.of(endings),
                free,
                setup.cancelledRetention(),
                setup.types(),
                share.room(),
                endings.isEmpty() ? null : setup.replies().addressInUse());
        room.asking(free);
        ExchangeAnswer answer = mine.make(
                () -> transitions.exchange(request),
                () -> {
                    usable.doubt(true);
                    demand.unanswered();
                    settlements.putBack(endings);
                    room.asked(free);
                },
                share::release);
        room.asked(free);
        answeredAt = nanos.getAsLong();
        try {
            take(usable, endings, free, share, answer, sentAt);
        } catch (RejectedExecutionException e) {
            throw e; // every claim of the answer is known
        } catch (Throwable e) { // such as no memory left
            usable.doubt(true);
            throw e;
        }
    }

    private void take(Lease usable, List<Ending> endings, int free, Share share, ExchangeAnswer answer, long sentAt) {
        if (answer.sessionLost()) {
            demand.unanswered();
            lease.lose(usable);
            return;
        }
        paused = answer.paused();
        usable.extendFrom(sentAt);
        room.answered(answeredAt - sentAt, endings, answer.claims());
        settlements.answered(endings, answer);
        starts.begin(usable, answer.claims(), answer.at(), share);
        demand.answered(free, answer, leads.getAsBoolean(), answeredAt);
    }
}
