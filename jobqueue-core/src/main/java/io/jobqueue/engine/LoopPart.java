package io.jobqueue.engine;

import io.jobqueue.Backoff;
import io.jobqueue.StoreUnavailableException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One {@link Periodic} with its due time and its backoff. Confined to its loop. */
final class LoopPart {

    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), 2, Duration.ofSeconds(2), 0.25);

    private final String name;
    private final @Nullable String queue;
    private final Periodic periodic;
    private final LoopContext context;
    private final LongSupplier nanos;
    private long dueAt;
    private int failures;

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
        if ((woken && failures == 0) || dueAt - nanos.getAsLong() <= 0) {
            step();
        }
    }

    /** Returns how long until it is due, zero or less when it is. */
    long untilDue(long now) {
        return dueAt - now;
    }

    void end() {
        context.outages().recovered(this);
    }

    private void step() throws InterruptedException {
        try {
            waitFor(periodic.poll());
            if (failures > 0) {
                failures = 0;
                context.outages().recovered(this);
            }
        } catch (InterruptedException e) {
            throw e;
        } catch (Throwable e) { // a loop outlives whatever its parts throw
            failures++;
            waitFor(BACKOFF.delayAfter(failures, context.jitter().spread()));
            context.outages().failed(this, e);
            if (queue != null && e instanceof StoreUnavailableException) {
                context.listener().storeFailed(queue);
            }
        }
    }

    private void waitFor(Duration delay) {
        dueAt = nanos.getAsLong() + delay.toNanos();
    }

    @Override
    public String toString() {
        return queue == null ? name : "queue '" + queue + "', " + name;
    }
}
