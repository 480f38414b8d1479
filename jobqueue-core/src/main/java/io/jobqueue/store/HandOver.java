package io.jobqueue.store;

import java.time.Instant;
import java.util.List;

/**
 * The answer to {@link JobTransitions#handOver}.
 *
 * @param answers one a job, in order
 * @param claims all of the jobs, in order, when the session has claimed them; empty when they wait like any others
 * @param at the store's clock at the call; says nothing when nothing was claimed
 */
public record HandOver(List<EnqueueAnswer> answers, List<Claim> claims, Instant at) {

    /** Jobs that were enqueued and not claimed. */
    public static HandOver unclaimed(List<EnqueueAnswer> answers) {
        return new HandOver(answers, List.of(), Instant.EPOCH);
    }
}
