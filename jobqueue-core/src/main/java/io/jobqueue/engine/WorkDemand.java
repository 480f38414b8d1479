package io.jobqueue.engine;

import io.jobqueue.store.ExchangeAnswer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Whether there may be work to claim, as far as a worker can know without asking the store. A hint comes
 * from any thread; everything else belongs to the worker's loop.
 */
final class WorkDemand {

    /** How much later than the due time it looks when another process leads and promotes. */
    private static final Duration FOLLOWERS_DELAY = Duration.ofMillis(500);

    private static final long SHORTEST_WAIT = Duration.ofMillis(1).toNanos();

    private final Duration claimWait;
    private final Jitter jitter;
    private final AtomicBoolean hinted = new AtomicBoolean();
    private boolean mayBeMore = true;
    private boolean looksSooner;
    private long lookAt;

    WorkDemand(Duration claimWait, Jitter jitter, long now) {
        this.claimWait = claimWait;
        this.jitter = jitter;
        lookAt = now;
    }

    /** Notes a hint that there is work. Thread-safe. */
    void hint() {
        hinted.set(true);
    }

    /** Returns whether asking the store for work is worth the call. */
    boolean isWorthAsking(long now) {
        return mayBeMore || hinted.get() || lookAt - now <= 0;
    }

    /** Returns whether the last answer left open that there is more, so that waiting for a hint would be wrong. */
    boolean mayBeMore() {
        return mayBeMore;
    }

    /** Notes that the store is about to be asked: earlier hints are used up by it. */
    void asking() {
        hinted.set(false);
    }

    /** Notes that the store did not answer, or answered nothing that counts. */
    void unanswered() {
        mayBeMore = true;
    }

    /**
     * Notes the store's answer.
     *
     * @param asked how many jobs were asked for
     * @param leads whether this process does the maintenance of the queue, so that nobody else wakes us
     */
    void answered(int asked, ExchangeAnswer answer, boolean leads, long now) {
        if (asked == 0) {
            return;
        }
        mayBeMore = answer.cutShort() || answer.claims().size() >= asked;
        Duration wait = jitter.around(claimWait);
        Duration nextDue = answer.nextDue();
        if (nextDue != null) {
            Duration untilDue = leads ? nextDue : nextDue.plus(jitter.upTo(FOLLOWERS_DELAY));
            wait = untilDue.compareTo(wait) < 0 ? untilDue : wait;
        }
        long next = now + Math.max(wait.toNanos(), SHORTEST_WAIT);
        looksSooner = next - lookAt < 0;
        lookAt = next;
    }

    /** Returns whether the last answer has brought the next look forward. */
    boolean looksSooner() {
        return looksSooner;
    }

    /** Notes that it has shown itself to the store while it can take nothing, so that it looks again later. */
    void shown(long now) {
        asking();
        mayBeMore = false;
        lookAt = now + Math.max(jitter.around(claimWait).toNanos(), SHORTEST_WAIT);
    }

    /** Returns how long until it looks without a hint; never negative. */
    Duration untilLook(long now) {
        return Duration.ofNanos(Math.max(0, lookAt - now));
    }
}
