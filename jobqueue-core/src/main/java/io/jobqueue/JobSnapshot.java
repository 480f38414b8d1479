package io.jobqueue;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A job as it stood when it was read. Later changes do not show; read it again.
 *
 * @param id the job
 * @param type the name that selects its handler
 * @param state where it was in its life
 * @param payload what it was enqueued with
 * @param priority higher runs first; 0 unless given
 * @param attempts how many attempts have begun, the running one included; crashes and releases do not count
 * @param crashes how often its worker was lost under it
 * @param headers what the enqueuer sent along beside the payload
 * @param createdAt when it was enqueued, by the store's clock
 * @param dueAt when it becomes due; only while {@link JobState#SCHEDULED}
 * @param finishedAt when it ended; only in a terminal state
 * @param progress the last report of its handler, if any
 * @param attributes what its runs have left by {@link JobContext#attributes}, in order of name: {@code String},
 *     {@code Boolean}, {@code Long} or {@code Double}; unmodifiable
 * @param outcome its result when {@link JobState#COMPLETED}
 * @param error why it failed when {@link JobState#FAILED}, or why its last attempt failed when another follows
 */
public record JobSnapshot(
        JobId id,
        String type,
        JobState state,
        JobData payload,
        int priority,
        int attempts,
        int crashes,
        Map<String, String> headers,
        Instant createdAt,
        @Nullable Instant dueAt,
        @Nullable Instant finishedAt,
        @Nullable Progress progress,
        Map<String, Object> attributes,
        @Nullable JobData outcome,
        @Nullable JobError error) {

    /** Copies headers and attributes. */
    public JobSnapshot {
        headers = Map.copyOf(headers);
        attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
    }

    /**
     * Returns the result read as {@code type}, or empty when the job has not completed or its handler
     * returned nothing.
     *
     * @throws PayloadException when the result does not fit the type
     */
    public <T> Optional<T> result(Class<T> type) {
        return Optional.ofNullable(outcome).map(data -> data.as(type));
    }
}
