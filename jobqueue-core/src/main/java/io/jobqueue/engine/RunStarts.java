package io.jobqueue.engine;

import io.jobqueue.store.Claim;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Begins the runs of what a worker has claimed. Needs the worker's turn. */
final class RunStarts {

    private final WorkerLease lease;
    private final Crew crew;
    private final Outcomes outcomes;
    private final RunNotes notes;
    private final BooleanSupplier draining;
    private final LongSupplier nanos;

    /**
     * @param draining whether the worker begins nothing more, although its store may have claimed for it
     */
    RunStarts(
            WorkerLease lease,
            Crew crew,
            Outcomes outcomes,
            RunNotes notes,
            BooleanSupplier draining,
            LongSupplier nanos) {
        this.lease = lease;
        this.crew = crew;
        this.outcomes = outcomes;
        this.notes = notes;
        this.draining = draining;
        this.nanos = nanos;
    }

    /**
     * Begins the runs of claims.
     *
     * @param usable what they are held under
     * @param at the store's clock when they were made
     * @param share the part in the slots of types that they may take
     * @throws RejectedExecutionException when the executor is full; every claim is known then
     */
    void begin(Lease usable, List<Claim> claims, Instant at, Share share) {
        if (claims.isEmpty()) {
            return;
        }
        if (usable.isLost() || lease.hasEnded(usable)) {
            return; // the answer came too late to run these: the store lets others have them by now
        }
        RejectedExecutionException rejected = null;
        for (Claim claim : claims) {
            RunningJob job = new RunningJob(claim, usable, waited(claim, at), outcomes, notes, nanos);
            usable.add(job);
            if (draining.getAsBoolean()) { // looked at after the add: whoever stops waits for it, or it is not begun
                crew.abandon(job);
                continue;
            }
            share.use(job.type());
            try {
                crew.start(job);
            } catch (RejectedExecutionException e) {
                rejected = e;
            }
        }
        if (rejected != null) {
            throw rejected; // the loop waits before it claims again for an executor that is full
        }
    }

    private static Duration waited(Claim claim, Instant at) {
        Duration waited = Duration.between(claim.waitingSince(), at);
        return waited.isNegative() ? Duration.ZERO : waited;
    }
}
