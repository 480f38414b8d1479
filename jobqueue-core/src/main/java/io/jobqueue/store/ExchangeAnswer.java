package io.jobqueue.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to an {@link ExchangeRequest}.
 *
 * @param sessionLost whether the session's lease had run out: then nothing was settled or claimed, every
 *     claim of the session is lost and the worker needs a new session
 * @param settled for each settlement, in order, whether the claim was still ours; where it was not,
 *     nothing changed
 * @param claims the jobs claimed, in the order they are to start; empty when none was due
 * @param paused whether the worker is paused: then nothing was claimed, and a hint it takes is lost on it
 * @param nextDue how long until the earliest scheduled job is due; null when none is scheduled
 * @param at the store's clock at the call
 * @param ownUntold whether every settlement was a completion that was accepted, and {@link ExchangeRequest#ownReplies} was
 *     not told of them; false says nothing
 * @param cutShort whether the call ended at {@link ExchangeRequest#MOST_BYTES} before it had claimed as many jobs as it was
 *     asked for: more may wait, so ask again, also when nothing was claimed
 */
public record ExchangeAnswer(
        boolean sessionLost,
        List<Boolean> settled,
        List<Claim> claims,
        boolean paused,
        @Nullable Duration nextDue,
        Instant at,
        boolean ownUntold,
        boolean cutShort) {

    /** An answer after which nobody is left to tell, and which was not cut short. */
    public ExchangeAnswer(
            boolean sessionLost,
            List<Boolean> settled,
            List<Claim> claims,
            boolean paused,
            @Nullable Duration nextDue,
            Instant at) {
        this(sessionLost, settled, claims, paused, nextDue, at, false, false);
    }
}
