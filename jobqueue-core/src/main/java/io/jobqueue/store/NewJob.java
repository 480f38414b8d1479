package io.jobqueue.store;

import io.jobqueue.Dedup;
import io.jobqueue.JobRequest.IfFailed;
import io.jobqueue.Placement;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job to be stored.
 *
 * @param id its id, unique in its queue
 * @param spec what it is
 * @param ifFailed what to do when the id belongs to a failed job that is still kept
 * @param delay how long after now, by the store's clock, it is due
 * @param runAt when it is due, instead of the delay; null when the delay says it
 * @param placement where among the waiting it goes; without effect on a job that is not due yet
 * @param dedup the key under which only one job may exist; null for none
 * @param replyTo the address of {@link JobSignals#subscribe} to be told when the job ends; null when nobody waits
 */
public record NewJob(
        String id,
        JobSpec spec,
        IfFailed ifFailed,
        Duration delay,
        @Nullable Instant runAt,
        Placement placement,
        @Nullable Dedup dedup,
        @Nullable String replyTo) {

    /** A job that goes to the end, without a dedup key. */
    public NewJob(
            String id,
            JobSpec spec,
            IfFailed ifFailed,
            Duration delay,
            @Nullable Instant runAt,
            @Nullable String replyTo) {
        this(id, spec, ifFailed, delay, runAt, Placement.END, null, replyTo);
    }

    /** Returns whether it is one more at the end of the line: due at once, priority 0, no replacement, no key. */
    public boolean isPlain() {
        return spec.priority() == 0
                && ifFailed == IfFailed.KEEP
                && delay.isZero()
                && runAt == null
                && placement == Placement.END
                && dedup == null;
    }
}
