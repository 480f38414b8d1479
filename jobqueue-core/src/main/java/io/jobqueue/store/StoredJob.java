package io.jobqueue.store;

import io.jobqueue.JobError;
import io.jobqueue.JobState;
import io.jobqueue.Progress;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job as the ledger has it.
 *
 * @param id its id in its queue
 * @param spec what it is
 * @param state where it is in its life
 * @param attempts how many attempts have begun, the running one included
 * @param crashes how often a worker was lost under it
 * @param createdAt when it was enqueued
 * @param dueAt when it becomes due, while scheduled
 * @param finishedAt when it ended
 * @param progress the last report of its handler
 * @param attributes what its runs have left, by name: {@code String}, {@code Boolean}, {@code Long} or {@code Double}
 * @param result JSON bytes, perhaps encrypted, when it completed with a result
 * @param error why it failed, or why its last attempt did
 */
public record StoredJob(
        String id,
        JobSpec spec,
        JobState state,
        int attempts,
        int crashes,
        Instant createdAt,
        @Nullable Instant dueAt,
        @Nullable Instant finishedAt,
        @Nullable Progress progress,
        Map<String, Object> attributes,
        byte @Nullable [] result,
        @Nullable JobError error) {

    /** Copies the attributes. */
    public StoredJob {
        attributes = Map.copyOf(attributes);
    }
}
