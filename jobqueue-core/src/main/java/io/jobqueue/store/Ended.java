package io.jobqueue.store;

import org.jspecify.annotations.Nullable;

/**
 * A job has ended.
 *
 * @param queue its queue
 * @param jobId its id
 * @param outcome how; null when it is too large for a hint, then the ledger has it
 */
public record Ended(String queue, String jobId, @Nullable JobOutcome outcome) {}
