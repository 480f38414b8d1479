package io.jobqueue.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a promotion.
 *
 * @param promoted how many jobs became waiting
 * @param nextDue how long until the next scheduled job is due, zero when it already is; null when none is scheduled
 */
public record Promotion(int promoted, @Nullable Duration nextDue) {}
