package io.jobqueue.engine;

import io.jobqueue.JobEvent;
import io.jobqueue.store.EventPage;
import io.jobqueue.store.JobEvents;
import io.jobqueue.store.JobSignals.Subscription;
import io.jobqueue.store.Watch;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events of one queue on from the last it knows, and tells the listeners: hints only make it read earlier, so
 * that losing or doubling them loses and doubles no event. Steps belong to one loop; the rest is thread-safe.
 */
final class EventFeed implements Periodic {

    static final Duration HOLD = Duration.ofMinutes(1);
    private static final Duration RENEWAL = HOLD.dividedBy(3);
    private static final int PAGE = JobEvents.MOST_KEPT / 2;

    private final String queue;
    private final JobEvents events;
    private final Duration readEvery;
    private final LongSupplier nanos;
    private final Jitter jitter;
    private final List<EventReceiver> receivers = new CopyOnWriteArrayList<>();
    private final Runnable wake;
    private @Nullable Subscription hints;
    private boolean ended;
    private long watchAt;

    EventFeed(String queue, JobEvents events, Duration readEvery, Runnable wake, LoopContext context) {
        this.queue = queue;
        this.events = events;
        this.readEvery = readEvery;
        this.wake = wake;
        nanos = context.nanos();
        jitter = context.jitter();
        watchAt = nanos.getAsLong();
    }

    /** Begins to tell a receiver. One that has not begun begins with the next step that reaches the store. */
    void add(EventReceiver receiver) {
        receivers.add(receiver);
    }

    /** Returns whether a receiver is left. */
    boolean remove(EventReceiver receiver) {
        receivers.remove(receiver);
        return !receivers.isEmpty();
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

    private synchronized void subscribe() {
        if (hints == null && !ended) {
            hints = events.subscribe(queue, wake);
        }
    }

    private void watch() {
        List<EventReceiver> waiting = List.copyOf(receivers);
        Watch watch = events.watch(queue, HOLD);
        if (watch.begun()) {
            receivers.forEach(EventReceiver::tellGap);
        }
        waiting.forEach(receiver -> receiver.beginAfter(watch.newest()));
    }

    /** Returns whether there is more to read. */
    private boolean read(long known) {
        List<EventReceiver> before = List.copyOf(receivers); // who comes later may know newer events than the page
        EventPage page = events.since(queue, known, PAGE);
        if (page.last() < known) {
            before.forEach(receiver -> goBack(receiver, 0, page.last()));
        } else if (!page.more()) {
            before.forEach(receiver -> goBack(receiver, known, page.last()));
        }
        for (JobEvent event : page.events()) {
            receivers.forEach(receiver -> receiver.tell(event));
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
