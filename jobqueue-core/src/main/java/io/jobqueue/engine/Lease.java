package io.jobqueue.engine;

import io.jobqueue.store.ClaimToken;
import io.jobqueue.store.WorkerSession;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A worker session as this process sees it: the claims it holds and its own idea of when they end, which is
 * never later than the store's. Thread-safe; only the worker's loop adds and removes claims.
 */
final class Lease {

    private volatile WorkerSession session;
    private final Map<ClaimToken, RunningJob> claims = new ConcurrentHashMap<>();
    private final AtomicBoolean lost = new AtomicBoolean();
    private volatile boolean begun;
    private volatile boolean doubtful;
    private volatile long deadline;

    Lease(WorkerSession session) {
        this.session = session;
    }

    /** Returns a lease of a new session. */
    static Lease begin(String queue, String worker, Duration length) {
        return new Lease(new WorkerSession(queue, Nonce.next(), worker, length));
    }

    WorkerSession session() {
        return session;
    }

    /** Leaves behind every call that got no answer: should one still arrive, the store refuses it. */
    synchronized void beginEpoch() {
        session = session.nextEpoch();
    }

    /** Notes that the store has extended the lease by a call sent at {@code sentAt}. */
    synchronized void extendFrom(long sentAt) {
        long extended = sentAt + session.lease().toNanos();
        if (!begun || extended - deadline > 0) {
            deadline = extended;
            begun = true;
        }
    }

    /** Returns the nanoseconds from {@code now} to its end; {@link Long#MAX_VALUE} before the store's first answer. */
    long untilEnd(long now) {
        return begun ? deadline - now : Long.MAX_VALUE;
    }

    boolean isLost() {
        return lost.get();
    }

    /** Returns whether a call got no answer, so that the store may hold claims for us that we have not seen. */
    boolean isDoubtful() {
        return doubtful;
    }

    void doubt(boolean doubtful) {
        this.doubtful = doubtful;
    }

    /**
     * Gives the lease up: every run is told to stop and its outcome will be dropped.
     *
     * @return whether it was not lost before
     */
    boolean lose() {
        if (!lost.compareAndSet(false, true)) {
            return false;
        }
        claims.values().forEach(RunningJob::lose);
        return true;
    }

    void add(RunningJob job) {
        claims.put(job.token(), job);
        if (lost.get()) {
            job.lose();
        }
    }

    void remove(RunningJob job) {
        claims.remove(job.token());
    }

    /** Tells the run of a claim to stop because its job was cancelled; does nothing when the claim is not held. */
    void cancel(ClaimToken token) {
        RunningJob job = claims.get(token);
        if (job != null) {
            job.halt(Halt.CANCEL_REQUESTED);
        }
    }

    boolean holdsClaims() {
        return !claims.isEmpty();
    }

    int size() {
        return claims.size();
    }

    Collection<RunningJob> jobs() {
        return claims.values();
    }

    /** Returns the tokens of all claims that are held, running or waiting to be settled. */
    List<ClaimToken> tokens() {
        return List.copyOf(claims.keySet());
    }
}
