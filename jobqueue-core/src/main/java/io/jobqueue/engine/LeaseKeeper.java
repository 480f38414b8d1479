package io.jobqueue.engine;

import io.jobqueue.store.JobTransitions;
import io.jobqueue.store.Renewal;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Renews the lease of one worker as long as it holds claims, and hears which of them are to be cancelled. */
final class LeaseKeeper implements Periodic {

    private static final int RENEWALS_PER_LEASE = 3;

    private final WorkerLease lease;
    private final JobTransitions transitions;
    private final LongSupplier nanos;

    LeaseKeeper(WorkerLease lease, JobTransitions transitions, LongSupplier nanos) {
        this.lease = lease;
        this.transitions = transitions;
        this.nanos = nanos;
    }

    @Override
    public Duration poll() {
        Lease current = lease.current();
        if (current.holdsClaims() && !current.isLost()) {
            renew(current);
        }
        return current.session().lease().dividedBy(RENEWALS_PER_LEASE);
    }

    private void renew(Lease current) {
        long sentAt = nanos.getAsLong();
        Renewal renewal = transitions.renew(current.session());
        if (renewal.alive()) {
            current.extendFrom(sentAt);
            renewal.cancelRequested().forEach(current::cancel);
        } else {
            lease.lose(current);
        }
    }
}
