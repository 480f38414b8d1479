package io.jobqueue.engine;

import io.jobqueue.JobListener;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.store.JobEvents;
import java.time.Duration;
import java.util.function.Consumer;

/** The feed of one queue with its thread. Guarded by {@link EventLines}. */
final class EventLine {

    private final String queue;
    private final JobEvents events;
    private final EventFeed feed;
    private final Loop loop;
    private final LogLimit limit;

    EventLine(String queue, JobEvents events, Duration readEvery, LoopContext context) {
        this.queue = queue;
        this.events = events;
        limit = new LogLimit(context.nanos());
        feed = new EventFeed(queue, events, readEvery, this::wake, context);
        loop = new Loop("jobqueue-events-" + queue, true, context);
        loop.add("events", queue, feed);
    }

    /** Begins the feed, once its first receiver is there. */
    void start() {
        loop.start();
    }

    /** Adds a listener: from now on, or as soon as a store that does not answer does. */
    EventReceiver add(JobListener listener, Consumer<EventReceiver> leave) {
        EventReceiver receiver = new EventReceiver(queue, listener, limit, leave);
        begin(receiver);
        feed.add(receiver);
        loop.wake();
        return receiver;
    }

    private void begin(EventReceiver receiver) {
        try {
            receiver.beginAfter(events.watch(queue, EventFeed.HOLD).newest());
        } catch (StoreUnavailableException e) {
            return; // the feed asks again
        }
    }

    /** Returns whether a receiver is left. */
    boolean remove(EventReceiver receiver) {
        return feed.remove(receiver);
    }

    private void wake() {
        loop.wake();
    }

    void close() {
        loop.stop();
        feed.end();
    }
}
