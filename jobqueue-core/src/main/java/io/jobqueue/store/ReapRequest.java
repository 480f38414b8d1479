package io.jobqueue.store;

import io.jobqueue.JobError;
import io.jobqueue.StallPolicy;
import java.time.Duration;

/**
 * What the reaper does with expired claims.
 *
 * @param limit the most claims of one call, at most {@value ExchangeRequest#MOST}
 * @param stall what becomes of their jobs
 * @param maxCrashes the crash that fails a job under {@link StallPolicy#REQUEUE}
 * @param failedRetention how long a job is kept that failed so
 * @param cancelledRetention how long a job is kept whose cancellation was requested
 */
public record ReapRequest(
        int limit, StallPolicy stall, int maxCrashes, Duration failedRetention, Duration cancelledRetention) {

    /** Returns the crash that fails a job. */
    public int lastCrash() {
        return stall == StallPolicy.REQUEUE ? maxCrashes : 1;
    }

    /** Returns the error of the jobs that fail. */
    public JobError error() {
        return switch (stall) {
            case REQUEUE -> JobError.crashed(maxCrashes);
            case FAIL -> JobError.lost();
            case MARK_STALE -> JobError.stale();
        };
    }
}
