package io.jobqueue.engine;

import io.jobqueue.store.Partition;
import java.time.Duration;
import java.util.Set;

/**
 * What a worker is told once.
 *
 * @param partition what it claims from
 * @param name what people call it
 * @param slots how many jobs it runs at once, together with the workers of the queue's other partitions
 * @param lease how long its claims hold without renewal
 * @param claimWait about how long it waits for a hint before it looks by itself
 * @param cancelledRetention how long a job is kept that is found cancelled when it is settled
 * @param types the only types it claims; empty for every type
 * @param intake what this process may claim of them now
 */
record WorkerSetup(
        Partition partition,
        String name,
        Slots slots,
        Duration lease,
        Duration claimWait,
        Duration cancelledRetention,
        Set<String> types,
        Intake intake) {

    /** Returns the queue, as people call it. */
    String queue() {
        return partition.queue();
    }

    /** Returns about how long it waits at most between two looks, so that its session does not end meanwhile. */
    Duration idleWait() {
        Duration half = lease.dividedBy(2);
        return half.compareTo(claimWait) < 0 ? half : claimWait;
    }
}
