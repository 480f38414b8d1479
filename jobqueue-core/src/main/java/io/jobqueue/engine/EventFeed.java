package io.jobqueue.engine;

import io.jobqueue.JobEvent;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.store.EventPage;
import io.jobqueue.store.JobEvents;
import io.jobqueue.store.JobSignals.Subscription;
import io.jobqueue.store.Watch;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the events of one partition on from the last it knows, and tells the listeners: hints only make it read earlier, so
 * that losing or doubling them loses and doubles no event. Steps belong to one loop; the rest is thread-safe.
 */
final class EventFeed implements Periodic {

    private static final Logger log = LoggerFactory.getLogger(EventFeed.class);

    static final Duration HOLD = Duration.ofMinutes(1);
    private static final Duration RENEWAL = HOLD.dividedBy(3);
    private static final Duration LONGEST_TELLING = Duration.ofSeconds(1);
    private static final int PAGE = JobEvents.MOST_KEPT / 2;

    private final String queue;
    private final JobEvents events;
    private final Duration readEvery;
    private final LongSupplier nanos;
    private final Jitter jitter;
    private final List<EventReceiver> receivers = new CopyOnWriteArrayList<>();
    private final AtomicBoolean hinted = new AtomicBoolean(true);
    private final Runnable wake;
    private final StoreCalls calls = new StoreCalls();
    private @Nullable Subscription hints;
    private boolean ended;
    private long dueAt;
    private long watchAt;

    EventFeed(String queue, JobEvents events, Duration readEvery, Runnable wake, LoopContext context) {
        this.queue = queue;
        this.events = events;
        this.readEvery = readEvery;
        this.wake = wake;
        nanos = context.nanos();
        jitter = context.jitter();
        watchAt = nanos.getAsLong();
        dueAt = watchAt;
    }

    /** Begins to tell a receiver: from now on, or with the next step that reaches a store which does not answer now. */
    void begin(EventReceiver receiver) {
        try {
            receiver.beginAfter(events.watch(queue, HOLD).newest());
        } catch (StoreUnavailableException e) {
            log.debug("Queue '{}': the store did not answer a new listener, it begins later", queue, e);
        }
        receivers.add(receiver);
        hinted.set(true);
    }

    void remove(EventReceiver receiver) {
        receivers.remove(receiver);
    }

    /** Tells nobody any more. */
    synchronized void end() {
        ended = true;
        if (hints != null) {
            hints.close();
        }
        receivers.forEach(EventReceiver::end);
    }

    @Override
    public Duration poll() {
        long now = nanos.getAsLong();
        if (!hinted.getAndSet(false) && dueAt - now > 0) {
            return Duration.ofNanos(dueAt - now); // the hint was for another partition
        }
        dueAt = now; // so that a step that fails is taken again
        Duration wait = step();
        dueAt = nanos.getAsLong() + wait.toNanos();
        return wait;
    }

    /** Gives up a call of the store alone: a listener that hangs would hang the next thread as well. */
    @Override
    public boolean abandon() {
        return calls.abandon();
    }

    private Duration step() {
        subscribe();
        OptionalLong known = receivers.stream()
                .map(EventReceiver::last)
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .min();
        if (known.isPresent() && read(known.getAsLong())) {
            return Duration.ZERO;
        }
        long now = nanos.getAsLong();
        if (watchAt - now <= 0 || receivers.stream().anyMatch(receiver -> receiver.last() == null)) {
            watch();
            watchAt = now + RENEWAL.toNanos();
        }
        Duration read = jitter.around(readEvery);
        Duration renew = Duration.ofNanos(watchAt - now);
        return read.compareTo(renew) < 0 ? read : renew;
    }

    private void subscribe() {
        if (isDeaf()) {
            calls.make(() -> keep(events.subscribe(queue, this::hint)));
        }
    }

    private synchronized boolean isDeaf() {
        return hints == null && !ended;
    }

    /** An answer that comes when another thread has subscribed is one too many. */
    private synchronized void keep(Subscription made) {
        if (isDeaf()) {
            hints = made;
        } else {
            made.close();
        }
    }

    private void hint() {
        hinted.set(true);
        wake.run();
    }

    private void watch() {
        List<EventReceiver> waiting = List.copyOf(receivers);
        Watch watch = calls.make(() -> events.watch(queue, HOLD));
        if (watch.begun()) {
            receivers.forEach(EventReceiver::tellGap);
        }
        waiting.forEach(receiver -> receiver.beginAfter(watch.newest()));
    }

    /** Returns whether there is more to read. */
    private boolean read(long known) {
        List<EventReceiver> before = List.copyOf(receivers); // who comes later may know newer events than the page
        EventPage page = calls.make(() -> events.since(queue, known, PAGE));
        if (page.last() < known) {
            before.forEach(receiver -> goBack(receiver, 0, page.last()));
        } else if (!page.more()) {
            before.forEach(receiver -> goBack(receiver, known, page.last()));
        }
        long begun = nanos.getAsLong();
        for (JobEvent event : page.events()) {
            receivers.forEach(receiver -> receiver.tell(event));
            if (nanos.getAsLong() - begun > LONGEST_TELLING.toNanos()) {
                return true; // the others with the next step: many slow calls must not look like one that hangs
            }
        }
        receivers.forEach(receiver -> receiver.skipTo(page.last()));
        return page.more();
    }

    /** A number above the newest was given out before the store lost its data. */
    private static void goBack(EventReceiver receiver, long sequence, long newest) {
        Long last = receiver.last();
        if (last != null && last > newest) {
            receiver.goBackTo(sequence);
        }
    }
}
