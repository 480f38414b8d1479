package io.jobqueue.engine;

import java.time.Duration;
import java.util.Set;

/**
 * What a worker is told once.
 *
 * @param queue the queue it claims from
 * @param name what people call it
 * @param slots how many jobs it runs at once
 * @param lease how long its claims hold without renewal
 * @param claimWait about how long it waits for a hint before it looks by itself
 * @param cancelledRetention how long a job is kept that is found cancelled when it is settled
 * @param types the only types it claims; empty for every type
 */
record WorkerSetup(
        String queue,
        String name,
        int slots,
        Duration lease,
        Duration claimWait,
        Duration cancelledRetention,
        Set<String> types) {}
