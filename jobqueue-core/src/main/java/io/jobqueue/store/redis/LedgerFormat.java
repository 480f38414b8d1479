package io.jobqueue.store.redis;

import io.jobqueue.JobState;
import io.jobqueue.Progress;
import io.jobqueue.store.StoredJob;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@code include/reading.lua} tells of a job.
 *
 * @param job the job
 * @param defect why it cannot be shown; null when it can
 */
record LedgerFormat(StoredJob job, @Nullable String defect) {

    static final int PARTS = 8;

    static LedgerFormat read(String jobId, List<?> parts) {
        StandingFormat standing = StandingFormat.read(bytes(parts, 1), bytes(parts, 2));
        Progress progress = ProgressFormat.read(bytes(parts, 5));
        Map<String, Object> attributes = AttributesFormat.read(bytes(parts, 7));
        JobState state = Objects.requireNonNull(StateFormat.read(bytes(parts, 0)[0]));
        return state.isTerminal()
                ? new LedgerFormat(
                        ended(jobId, standing, OutcomeFormat.read(bytes(parts, 3)), progress, attributes), null)
                : new LedgerFormat(unended(jobId, state, standing, parts, progress, attributes), standing.defect());
    }

    private static StoredJob ended(
            String jobId,
            StandingFormat standing,
            OutcomeFormat end,
            @Nullable Progress progress,
            Map<String, Object> attributes) {
        return new StoredJob(
                jobId,
                standing.spec(),
                end.outcome().state(),
                end.attempts(),
                end.crashes(),
                standing.createdAt(),
                null,
                end.finishedAt(),
                progress,
                attributes,
                end.outcome().result(),
                end.outcome().error());
    }

    private static StoredJob unended(
            String jobId,
            JobState state,
            StandingFormat standing,
            List<?> parts,
            @Nullable Progress progress,
            Map<String, Object> attributes) {
        byte[] due = bytes(parts, 4);
        byte[] error = bytes(parts, 6);
        return new StoredJob(
                jobId,
                standing.spec(),
                state,
                standing.failures() + (state == JobState.ACTIVE ? 1 : 0),
                standing.crashes(),
                standing.createdAt(),
                due.length == 0 ? null : Instant.ofEpochMilli(RedisTransitions.number(due)),
                null,
                progress,
                attributes,
                null,
                error.length == 0 ? null : ErrorFormat.read(error));
    }

    private static byte[] bytes(List<?> parts, int index) {
        return (byte[]) parts.get(index);
    }
}
