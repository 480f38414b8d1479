package io.jobqueue.engine;

import io.jobqueue.JobEvent;
import io.jobqueue.JobListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One listener of a partition, from its first event to its close. Told on the thread of its feed alone. */
final class EventReceiver {

    private static final Logger log = LoggerFactory.getLogger(EventReceiver.class);

    private final String queue;
    private final JobListener listener;
    private final LogLimit limit;
    private volatile @Nullable Long last;
    private volatile boolean closed;

    /** @param queue the queue, as people call it */
    EventReceiver(String queue, JobListener listener, LogLimit limit) {
        this.queue = queue;
        this.listener = listener;
        this.limit = limit;
    }

    /** Returns the number of the last event it knows; null before it begins. */
    @Nullable
    Long last() {
        return last;
    }

    /** Begins to be told what comes after an event, unless it has begun. */
    void beginAfter(long sequence) {
        if (last == null) {
            last = sequence;
        }
    }

    /** Goes back to an event, because the store has lost its data and numbers anew. */
    void goBackTo(long sequence) {
        last = sequence;
    }

    /** Tells an event, unless it was told, and how many in front of it are missing. */
    void tell(JobEvent event) {
        Long known = last;
        if (known != null && event.sequence() > known) {
            skipTo(event.sequence() - 1);
            last = event.sequence();
            call(() -> listener.onEvent(event));
        }
    }

    /** Tells that the events up to a number are missing, unless they were told. */
    void skipTo(long sequence) {
        Long known = last;
        if (known != null && sequence > known) {
            last = sequence;
            call(() -> listener.onMissed(queue, sequence - known));
        }
    }

    /** Tells that events were not recorded for a while. */
    void tellGap() {
        if (last != null) {
            call(() -> listener.onMissed(queue, 0));
        }
    }

    /** Ends it without a word to its feed. */
    void end() {
        closed = true;
    }

    private void call(Runnable call) {
        if (closed) {
            return;
        }
        try {
            call.run();
        } catch (Throwable e) { // the other listeners and the later events must not suffer for it
            if (limit.admits()) {
                log.warn(
                        "Queue '{}': job listener {} failed, the event is not told to it again",
                        queue,
                        listener.getClass().getName(),
                        e);
            }
        }
    }
}
