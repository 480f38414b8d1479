package io.jobqueue.store;

import java.time.Duration;

/**
 * What the reaper does with expired claims.
 *
 * @param limit the most claims of one call, at most {@value ExchangeRequest#MOST}
 * @param maxCrashes the crash that fails the job
 * @param failedRetention how long a job is kept that failed so
 * @param cancelledRetention how long a job is kept whose cancellation was requested
 */
public record ReapRequest(int limit, int maxCrashes, Duration failedRetention, Duration cancelledRetention) {}
