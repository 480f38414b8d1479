package io.jobqueue.engine;

import io.jobqueue.store.NewJob;
import io.jobqueue.store.Partition;
import java.time.Duration;
import java.util.List;
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
 * @param replies who waits in this process for jobs
 * @param ownThreads whether handlers run on threads of ours, which may do more than run handlers
 * @param stuckAfter how long a call of the store may hang on a thread that nobody watches
 */
record WorkerSetup(
        Partition partition,
        String name,
        Slots slots,
        Duration lease,
        Duration claimWait,
        Duration cancelledRetention,
        Set<String> types,
        Intake intake,
        OwnReplies replies,
        boolean ownThreads,
        Duration stuckAfter) {

    /** Returns the queue, as people call it. */
    String queue() {
        return partition.queue();
    }

    /** Returns whether it may claim jobs of every type that these have. */
    boolean takesAll(List<NewJob> jobs) {
        return types.isEmpty()
                || jobs.stream().allMatch(job -> types.contains(job.spec().type()));
    }

    /** Returns about how long it waits at most between two looks, so that its session does not end meanwhile. */
    Duration idleWait() {
        Duration half = lease.dividedBy(2);
        return half.compareTo(claimWait) < 0 ? half : claimWait;
    }
}
