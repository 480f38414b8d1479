package io.jobqueue.spring.event;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes events one by one, in their order, on a thread of its own, so that a slow listener holds up the listeners and
 * no job. Keeps what comes before the start; drops what comes when too many wait, and after the stop, and says so.
 * Thread-safe.
 */
final class EventThread {

    /** The most events that wait. */
    static final int MOST_WAITING = 10_000;

    private static final Logger log = LoggerFactory.getLogger(EventThread.class);

    private static final Object END = new Object();

    private final AtomicLong dropped = new AtomicLong();
    private final AtomicBoolean toldOfLate = new AtomicBoolean();
    private final Consumer<Object> publisher;
    private volatile BlockingQueue<Object> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
    private volatile boolean open = true;
    private @Nullable Thread thread;

    /** @param publisher publishes one event, and throws nothing */
    EventThread(Consumer<Object> publisher) {
        this.publisher = publisher;
    }

    /** Takes an event and returns at once. */
    void add(JobQueueEvent event) {
        BlockingQueue<Object> mine = waiting;
        if (!open) {
            tellOfLate(event);
        } else if (!mine.offer(event)) {
            if (dropped.getAndIncrement() == 0) {
                log.warn(
                        "{} application events wait for their listeners, which are slower than the jobs; until they have"
                                + " caught up, further events are dropped",
                        MOST_WAITING);
            }
        } else if (mine != waiting && mine.remove(event)) {
            tellOfLate(event); // the end was put before it meanwhile
        }
    }

    private void tellOfLate(JobQueueEvent event) {
        if (toldOfLate.compareAndSet(false, true)) {
            log.warn(
                    "An application event came after the stop of its listeners and was dropped, as further ones are: {}",
                    event);
        }
    }

    /** Begins to publish. Does nothing when it has begun. */
    synchronized void start() {
        if (thread == null) {
            open = true;
            toldOfLate.set(false);
            BlockingQueue<Object> mine = waiting;
            Thread begun = new Thread(() -> run(mine), "jobqueue-application-events");
            begun.setDaemon(true);
            begun.start();
            thread = begun;
        }
    }

    /** Takes nothing more, waits for what was taken to be published, and no longer than {@code millis}. */
    synchronized void stop(long millis) {
        Thread ended = thread;
        if (ended == null) {
            return;
        }
        open = false;
        thread = null;
        BlockingQueue<Object> last = waiting;
        waiting = new LinkedBlockingQueue<>(MOST_WAITING);
        if (!last.offer(END)) {
            endNow(last);
        }
        if (ended != Thread.currentThread() && !hasEnded(ended, millis)) {
            endNow(last);
            ended.interrupt();
            tellOfDropped();
        }
    }

    private static boolean hasEnded(Thread thread, long millis) {
        try {
            thread.join(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    private void endNow(BlockingQueue<Object> last) {
        last.remove(END);
        dropped.addAndGet(last.size());
        last.clear();
        last.add(END);
    }

    private void run(BlockingQueue<Object> mine) {
        try {
            for (Object event = mine.take(); event != END; event = mine.take()) {
                publisher.accept(event);
                if (mine.isEmpty()) {
                    tellOfDropped();
                }
            }
            tellOfDropped();
        } catch (InterruptedException e) {
            log.debug("Application events are no longer published", e);
        }
    }

    private void tellOfDropped() {
        long lost = dropped.getAndSet(0);
        if (lost > 0) {
            log.warn("{} application events were dropped", lost);
        }
    }
}
