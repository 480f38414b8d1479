package io.jobqueue.engine;

import io.jobqueue.JobListener;
import io.jobqueue.JobSubscription;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** One listener of a queue with its receivers, one a partition. Thread-safe. */
final class EventSubscription implements JobSubscription {

    private final JobListener listener;
    private final Consumer<EventSubscription> leave;
    private final Map<EventFeed, EventReceiver> receivers = new ConcurrentHashMap<>();

    EventSubscription(JobListener listener, Consumer<EventSubscription> leave) {
        this.listener = listener;
        this.leave = leave;
    }

    JobListener listener() {
        return listener;
    }

    Map<EventFeed, EventReceiver> receivers() {
        return receivers;
    }

    @Override
    public void close() {
        receivers.values().forEach(EventReceiver::end);
        leave.accept(this);
    }
}
