package io.jobqueue.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One delivery of a job to a worker.
 *
 * @param token proves that the claim is still ours
 * @param spec the job
 * @param attempt ordinal of this attempt, from 1
 * @param crashes how often a worker was lost under the job
 * @param handBacks how often the job was handed back for want of a handler
 * @param waitingSince since when the job could have been claimed, by the store's clock
 * @param defect why the store cannot read what the job is; null when it can. When not, {@code spec} is
 *     {@link JobSpec#UNREADABLE}, and the job is to be handed back to who can read it
 */
public record Claim(
        ClaimToken token,
        JobSpec spec,
        int attempt,
        int crashes,
        int handBacks,
        Instant waitingSince,
        @Nullable String defect) {

    /** A claim of a job that can be read. */
    public Claim(ClaimToken token, JobSpec spec, int attempt, int crashes, int handBacks, Instant waitingSince) {
        this(token, spec, attempt, crashes, handBacks, waitingSince, null);
    }
}
