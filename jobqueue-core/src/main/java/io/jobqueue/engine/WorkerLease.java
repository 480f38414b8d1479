package io.jobqueue.engine;

import io.jobqueue.store.JobTransitions;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lease a worker works under, replaced whenever it was lost or has run out. {@link #usable} belongs to
 * the worker's loop; everything else is thread-safe.
 */
final class WorkerLease {

    private static final Logger log = LoggerFactory.getLogger(WorkerLease.class);

    private final WorkerSetup setup;
    private final JobTransitions transitions;
    private final EngineListener listener;
    private final LongSupplier nanos;
    private final Runnable wake;
    private volatile Lease current;

    WorkerLease(
            WorkerSetup setup, JobTransitions transitions, EngineListener listener, LongSupplier nanos, Runnable wake) {
        this.setup = setup;
        this.transitions = transitions;
        this.listener = listener;
        this.nanos = nanos;
        this.wake = wake;
        current = begin();
    }

    Lease current() {
        return current;
    }

    /**
     * Returns a lease the next exchange can use. After a call without an answer the store is told first which
     * claims are known, so that it gives back the others; a lease that has ended needs no such care, since the
     * reaper takes all of its claims.
     *
     * @param calls makes calls of the store
     */
    Lease usable(Consumer<Runnable> calls) {
        Lease lease = current;
        if (lease.isLost() || hasEnded(lease)) {
            lose(lease);
            current = begin();
        } else if (lease.isDoubtful()) {
            lease.beginEpoch();
            calls.accept(() -> transitions.reconcile(lease.session(), lease.tokens()));
            lease.doubt(false);
        }
        return current;
    }

    boolean hasEnded(Lease lease) {
        return lease.untilEnd(nanos.getAsLong()) <= 0;
    }

    /** Gives {@code lease} up: its runs are told to stop and their outcomes are dropped. Repeating is harmless. */
    void lose(Lease lease) {
        int claims = lease.size();
        if (lease.lose() && claims > 0) {
            log.warn(
                    "Queue '{}': the lease of {} running jobs ran out; their handlers are interrupted,"
                            + " their outcomes are dropped, other workers take the jobs over",
                    setup.queue(),
                    claims);
            listener.leaseLost(setup.queue(), claims);
            wake.run();
        }
    }

    /** Gives all claims back to the store that it still holds; a call without an answer that arrives later claims none. */
    void giveBack() {
        Lease last = current;
        if (last.isDoubtful()) {
            last.beginEpoch();
        }
        transitions.reconcile(last.session(), List.of());
    }

    private Lease begin() {
        return Lease.begin(setup.partition().name(), setup.name(), setup.lease());
    }
}
