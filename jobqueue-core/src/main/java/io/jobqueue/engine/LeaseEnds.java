package io.jobqueue.engine;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Gives up every lease whose end has come before the store extended it. It never calls the store, so a store that
 * hangs cannot make a handler outlive its lease.
 */
final class LeaseEnds implements Periodic {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private final List<WorkerLease> leases;
    private final LongSupplier nanos;

    LeaseEnds(List<WorkerLease> leases, LongSupplier nanos) {
        this.leases = leases;
        this.nanos = nanos;
    }

    @Override
    public Duration poll() {
        long wait = LONGEST_WAIT.toNanos();
        for (WorkerLease lease : leases) {
            Lease current = lease.current();
            wait = Math.min(wait, current.session().lease().dividedBy(2).toNanos()); // in time for claims yet to come
            if (current.holdsClaims() && !current.isLost()) {
                long untilEnd = current.untilEnd(nanos.getAsLong());
                if (untilEnd <= 0) {
                    lease.lose(current);
                } else {
                    wait = Math.min(wait, untilEnd);
                }
            }
        }
        return Duration.ofNanos(wait);
    }
}
