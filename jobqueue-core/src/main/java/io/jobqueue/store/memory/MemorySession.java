package io.jobqueue.store.memory;

import io.jobqueue.LiveWorker;
import io.jobqueue.LiveWorker.HeldJob;
import io.jobqueue.store.ClaimToken;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one worker session holds, and until when. Guarded by the queue's lock. */
final class MemorySession {

    private final Map<String, MemoryJob> claims = new LinkedHashMap<>();
    private final String worker;
    private long deadline;
    private int epoch;
    private long knownPassedOver;
    private @Nullable Long listedSince;

    MemorySession(String worker) {
        this.worker = worker;
    }

    /** Returns what people call its worker. */
    String worker() {
        return worker;
    }

    boolean isExpired(long now) {
        return deadline <= now;
    }

    void extendTo(long deadline) {
        this.deadline = deadline;
    }

    /** Enters the directory, unless it stands there. */
    void enter(long now) {
        if (listedSince == null) {
            listedSince = now;
        }
    }

    void leave() {
        listedSince = null;
    }

    /** Returns the worker as the directory shows it; null when it does not stand there. */
    @Nullable
    LiveWorker read(String queue, long now) {
        if (listedSince == null || isExpired(now)) {
            return null;
        }
        List<HeldJob> longest = claims.values().stream()
                .map(job -> new HeldJob(job.id, job.claimedAt(now)))
                .sorted(Comparator.comparing(HeldJob::since).thenComparing(HeldJob::id))
                .limit(LiveWorker.MOST_JOBS)
                .toList();
        return new LiveWorker(
                worker,
                queue,
                Instant.ofEpochMilli(listedSince),
                Instant.ofEpochMilli(deadline),
                claims.size(),
                longest);
    }

    /** Begins an epoch, unless a later one has begun. */
    boolean beginEpoch(int begun) {
        if (begun < epoch) {
            return false;
        }
        epoch = begun;
        return true;
    }

    /** Returns whether a request of an epoch comes too late. */
    boolean isPast(int requested) {
        return requested < epoch;
    }

    /** Returns whether requests of earlier epochs may still arrive, which the session has to refuse. */
    boolean mustRefuse() {
        return epoch > 0;
    }

    void claim(MemoryJob job, long fence) {
        job.session = this;
        job.fence = fence;
        claims.put(job.id, job);
    }

    void drop(MemoryJob job) {
        job.session = null;
        claims.remove(job.id);
    }

    /** Returns the claimed job when the token is the current one. */
    @Nullable
    MemoryJob claimed(ClaimToken token) {
        MemoryJob job = claims.get(token.jobId());
        return job != null && job.fence == token.fence() ? job : null;
    }

    /** Takes note of how many jobs were passed over so far; returns whether some of them are news. */
    boolean learn(long passedOver) {
        boolean news = passedOver > knownPassedOver;
        knownPassedOver = passedOver;
        return news;
    }

    boolean isEmpty() {
        return claims.isEmpty();
    }

    /** Returns the claimed jobs in order of claim; a copy. */
    List<MemoryJob> jobs() {
        return new ArrayList<>(claims.values());
    }

    List<ClaimToken> cancelRequested() {
        return claims.values().stream()
                .filter(job -> job.cancelRequested != null)
                .map(MemoryJob::token)
                .toList();
    }
}
