package io.jobqueue.engine;

import io.jobqueue.JobListener;
import io.jobqueue.store.Partition;
import io.jobqueue.store.partition.PartitionedStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The feeds of one queue, one a partition, with their thread, on which all its listeners are told. Thread-safe. */
final class EventLine implements Periodic {

    private final String queue;
    private final PartitionedStore store;
    private final Duration readEvery;
    private final LoopContext context;
    private final Map<Partition, EventFeed> feeds = new LinkedHashMap<>();
    private final List<EventSubscription> subscriptions = new ArrayList<>();
    private final Loop loop;
    private final LogLimit limit;
    private final StoreCalls calls = new StoreCalls();
    private boolean closed;

    EventLine(String queue, PartitionedStore store, Duration readEvery, LoopContext context) {
        this.queue = queue;
        this.store = store;
        this.readEvery = readEvery;
        this.context = context;
        limit = new LogLimit(context.nanos());
        loop = new Loop("jobqueue-events-" + queue, true, context);
        store.currentPartitions(queue).forEach(this::open);
        loop.add("partitions", queue, this);
    }

    /** Begins the feeds, once their first receivers are there. */
    void start(LineWatch watch) {
        loop.start();
        watch.watch(loop, "events");
    }

    /** Adds a listener: from now on, or as soon as a store that does not answer does. */
    synchronized EventSubscription add(JobListener listener, Consumer<EventSubscription> leave) {
        EventSubscription subscription = new EventSubscription(listener, leave);
        subscriptions.add(subscription);
        feeds.values().forEach(feed -> join(feed, subscription));
        loop.wake();
        return subscription;
    }

    /** Returns whether a listener is left. */
    synchronized boolean remove(EventSubscription subscription) {
        subscriptions.remove(subscription);
        subscription.receivers().forEach((feed, receiver) -> feed.remove(receiver));
        return !subscriptions.isEmpty();
    }

    /** Joins the partitions that the store holds besides. */
    @Override
    public Duration poll() {
        List<Partition> partitions = calls.make(() -> store.partitions(queue));
        synchronized (this) {
            for (Partition partition : partitions) {
                if (!closed && !feeds.containsKey(partition)) {
                    EventFeed feed = open(partition);
                    subscriptions.forEach(subscription -> join(feed, subscription));
                    loop.wake();
                }
            }
        }
        return context.jitter().around(PartitionSearch.INTERVAL);
    }

    @Override
    public boolean abandon() {
        return calls.abandon();
    }

    synchronized void close() {
        closed = true;
        loop.stop();
        feeds.values().forEach(EventFeed::end);
    }

    private EventFeed open(Partition partition) {
        EventFeed feed = new EventFeed(partition.name(), store.events(), readEvery, loop::wake, context);
        feeds.put(partition, feed);
        loop.add("events", queue, feed);
        return feed;
    }

    private void join(EventFeed feed, EventSubscription subscription) {
        EventReceiver receiver = new EventReceiver(queue, subscription.listener(), limit);
        subscription.receivers().put(feed, receiver);
        feed.begin(receiver);
    }
}
