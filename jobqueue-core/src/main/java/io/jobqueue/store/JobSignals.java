package io.jobqueue.store;

import java.time.Duration;
import java.util.Set;

/**
 * Hints between processes. A hint may be lost, repeated or wrong: whoever acts on one reads the store
 * again, and whoever waits for one also looks by itself now and then.
 */
public interface JobSignals {

    /**
     * Waits until the queue may have work. One waiting worker is woken for a queue that turns from empty to
     * not empty, or whose earliest due time moves forward. May return early or for nothing.
     *
     * @param atMost how long to wait
     * @return false when the time passed without a hint
     * @throws InterruptedException when the thread was interrupted
     */
    boolean awaitWork(String queue, Duration atMost) throws InterruptedException;

    /** Wakes one worker that waits for the queue; kept for the next one that does when nobody waits now. */
    void offerWork(String queue);

    /**
     * Tells {@code listener} what is addressed to {@code address} and which running jobs of {@code queues}
     * are to be cancelled. Returns at once; the subscription is kept up in the background and
     * {@link SignalListener#resumed()} says when hints may have been missed.
     *
     * @param address where ended jobs are told to, unique in the store; see {@link NewJob#replyTo()}
     * @param listener called on a thread of the store; must return soon
     */
    Subscription subscribe(String address, Set<String> queues, SignalListener listener);

    /** Strikes {@code address} off the job's list of those to be told. Repeating is safe. */
    void forget(String queue, String jobId, String address);

    /** A running subscription. */
    interface Subscription extends AutoCloseable {

        /** Ends it. Repeating is harmless. */
        @Override
        void close();
    }
}
