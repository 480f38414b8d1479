package io.jobqueue.engine;

import io.jobqueue.Backoff;
import io.jobqueue.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One {@link Periodic} with its due time and its backoff. Its steps belong to the thread of its loop; how it is doing can
 * be asked by any thread.
 */
final class LoopPart {

    private static final Logger log = LoggerFactory.getLogger(LoopPart.class);

    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), 2, Duration.ofSeconds(2), 0.25);
    private static final long NEVER = Long.MIN_VALUE;

    private final String name;
    private final @Nullable String queue;
    private final Periodic periodic;
    private final LoopContext context;
    private final LongSupplier nanos;
    private volatile long dueAt;
    private final AtomicInteger failures = new AtomicInteger();
    private volatile long failingSince = NEVER;
    private volatile long beganAt = NEVER;
    private final AtomicInteger abandoned = new AtomicInteger();

    LoopPart(String name, @Nullable String queue, Periodic periodic, LoopContext context) {
        this.name = name;
        this.queue = queue;
        this.periodic = periodic;
        this.context = context;
        nanos = context.nanos();
        dueAt = nanos.getAsLong();
    }

    /** Takes the step when it is due; a wake makes it due, unless it is waiting after a failure. */
    void turn(boolean woken) throws InterruptedException {
        if ((woken && failures.get() == 0) || dueAt - nanos.getAsLong() <= 0) {
            step();
        }
    }

    /** Returns how long until it is due, zero or less when it is. */
    long untilDue(long now) {
        return dueAt - now;
    }

    /** Returns whether a step was begun so long ago and has not come to an end. */
    boolean isHanging(Duration longerThan) {
        return isLongerAgo(beganAt, longerThan);
    }

    /** Returns whether all steps of so long a time have failed, or hung until they were given up. */
    boolean isFailing(Duration longerThan) {
        return isLongerAgo(failingSince, longerThan);
    }

    /** Gives up the step that hangs; false when it has ended or must be waited for. */
    boolean abandon() {
        long began = beganAt;
        if (began == NEVER || !periodic.abandon()) {
            return false;
        }
        leave(began);
        return true;
    }

    /** Begins anew after the thread has died, perhaps in a step. */
    void restart() {
        long began = beganAt;
        if (began != NEVER) {
            periodic.restart();
            leave(began);
        }
    }

    private void leave(long began) {
        noteFailure(began);
        abandoned.incrementAndGet();
        beganAt = NEVER;
        waitFor(BACKOFF.delayAfter(failures.get(), context.jitter().spread()));
    }

    void end() {
        try {
            periodic.finish();
        } catch (Throwable e) { // the other parts end all the same
            log.debug("{}: the store was not told of the end; it finds out when the leases end", this, e);
        }
        context.outages().recovered(this);
    }

    private void step() throws InterruptedException {
        int before = abandoned.get();
        beganAt = nanos.getAsLong();
        try {
            Duration wait = periodic.poll();
            requireNotAbandoned(before);
            waitFor(wait);
            noteSuccess();
        } catch (InterruptedException | AbandonedStepException e) {
            throw e;
        } catch (Throwable e) { // a loop outlives whatever its parts throw
            requireNotAbandoned(before);
            noteFailure(beganAt);
            waitFor(BACKOFF.delayAfter(failures.get(), context.jitter().spread()));
            context.outages().failed(this, e);
            if (queue != null && e instanceof StoreUnavailableException) {
                context.listener().storeFailed(queue);
            }
        } finally {
            if (before == abandoned.get()) {
                beganAt = NEVER;
            }
        }
    }

    private void requireNotAbandoned(int before) {
        if (before != abandoned.get()) {
            throw new AbandonedStepException();
        }
    }

    private void noteSuccess() {
        if (failures.getAndSet(0) > 0) {
            failingSince = NEVER;
            context.outages().recovered(this);
        }
    }

    private void noteFailure(long began) {
        if (failures.getAndIncrement() == 0) {
            failingSince = began;
        }
    }

    private boolean isLongerAgo(long then, Duration than) {
        return then != NEVER && nanos.getAsLong() - then > than.toNanos();
    }

    private void waitFor(Duration delay) {
        dueAt = nanos.getAsLong() + delay.toNanos();
    }

    @Override
    public String toString() {
        return queue == null ? name : "queue '" + queue + "', " + name;
    }
}
