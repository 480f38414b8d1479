package io.jobqueue.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an audit of a queue needs to know.
 *
 * @param cursor {@link Audit#next()} of the call before; null to begin
 * @param lease how long a claim holds that has lost its session, before it is taken over
 * @param failedRetention how long a job is kept that ends because its outcome was lost
 */
public record AuditRequest(@Nullable String cursor, Duration lease, Duration failedRetention) {}
