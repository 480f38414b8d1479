package io.jobqueue.store.memory;

import io.jobqueue.Attempt;
import io.jobqueue.JobError;
import io.jobqueue.JobState;
import io.jobqueue.store.Claim;
import io.jobqueue.store.ClaimToken;
import io.jobqueue.store.JobSpec;
import io.jobqueue.store.StoredJob;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One job. Guarded by its queue's lock; times are milliseconds of the store's clock. */
final class MemoryJob {

    private static final long NEVER_SETTLED = -1;

    final String id;
    final long createdAt;
    final Replies replies = new Replies();

    /** Changed only through {@link JobTable#update}, since its place depends on it. */
    JobSpec spec;
    /** The key it took when it was enqueued, which another may hold by now; null when it has none. */
    @Nullable
    String dedupKey;

    /** Changed by {@link JobTable} alone, which keeps the job where its state says. */
    JobState state = JobState.SCHEDULED;
    /** The place among the waiting jobs of its priority; kept while the job is active. */
    long sequence;
    /** When a scheduled job is due, or an ended one past its retention. */
    long time;
    /** Orders the jobs of one time. */
    long timeOrder;
    /** Orders the ended jobs of one time by when it was set. */
    long keptOrder;

    long waitingSince;
    long finishedAt;

    int failures;
    int crashes;
    int handBacks;

    /** Who claimed it, while it is active. */
    @Nullable
    MemorySession session;

    long fence;
    /** Below every fence until the first settlement of its life. */
    long lastSettledFence = NEVER_SETTLED;

    /** How long to keep the job when it ends by the cancellation that somebody asked for; null when nobody did. */
    @Nullable
    Duration cancelRequested;

    Notebook notes = new Notebook();

    byte @Nullable [] result;

    @Nullable
    JobError error;

    MemoryJob(String id, JobSpec spec, long createdAt) {
        this.id = id;
        this.spec = spec;
        this.createdAt = createdAt;
    }

    boolean hasNotStarted() {
        return state == JobState.SCHEDULED || state == JobState.WAITING;
    }

    boolean isPastRetention(long now) {
        return state.isTerminal() && time <= now;
    }

    /** Drops everything of its earlier attempts, as if it had never been claimed. */
    void begin() {
        failures = 0;
        crashes = 0;
        handBacks = 0;
        lastSettledFence = NEVER_SETTLED;
        notes = new Notebook();
        result = null;
        error = null;
    }

    /** Returns when it was claimed last: its fence is that time, unless many claims were made in a millisecond. */
    Instant claimedAt(long now) {
        return Instant.ofEpochMilli(Math.min(fence / 1000, now));
    }

    /** Notes that the run of its last claim is over. */
    void noteAttempt(int number, Attempt.End end, MemorySession worker, long now, @Nullable JobError why) {
        notes.append(new Attempt(number, claimedAt(now), Instant.ofEpochMilli(now), worker.worker(), end, why));
    }

    ClaimToken token() {
        return new ClaimToken(id, fence);
    }

    Claim claim() {
        return new Claim(token(), spec, failures + 1, crashes, handBacks, Instant.ofEpochMilli(waitingSince));
    }

    /** Returns how many attempts have begun, but for runs that were given back. */
    int attempts() {
        boolean uncharged = state == JobState.ACTIVE || state == JobState.COMPLETED;
        return uncharged ? failures + 1 : failures;
    }

    StoredJob read() {
        return new StoredJob(
                id,
                spec,
                state,
                attempts(),
                crashes,
                Instant.ofEpochMilli(createdAt),
                state == JobState.SCHEDULED ? Instant.ofEpochMilli(time) : null,
                state.isTerminal() ? Instant.ofEpochMilli(finishedAt) : null,
                notes.progress,
                notes.attributes(),
                result,
                error);
    }

    static int byPlace(MemoryJob left, MemoryJob right) {
        int byPriority = Integer.compare(right.spec.priority(), left.spec.priority());
        return byPriority != 0 ? byPriority : Long.compare(left.sequence, right.sequence);
    }

    static int byExpiry(MemoryJob left, MemoryJob right) {
        int byExpiry = Long.compare(left.time, right.time);
        return byExpiry != 0 ? byExpiry : Long.compare(left.keptOrder, right.keptOrder);
    }

    static int byTime(MemoryJob left, MemoryJob right) {
        int byTime = Long.compare(left.time, right.time);
        return byTime != 0 ? byTime : Long.compare(left.timeOrder, right.timeOrder);
    }
}
