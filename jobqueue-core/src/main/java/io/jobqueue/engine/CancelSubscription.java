package io.jobqueue.engine;

import io.jobqueue.store.JobSignals;
import io.jobqueue.store.JobSignals.Subscription;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Subscribes the workers of this process to requests to cancel, as soon as the store lets it. Nobody waits for a call that
 * is under way: requests to cancel are also in the answer to every renewal.
 */
final class CancelSubscription implements Periodic {

    private static final Duration ONCE_SUBSCRIBED = Duration.ofMinutes(1);

    private final JobSignals signals;
    private final Map<String, Worker> workers;
    private final Runnable renewNow;
    private final ReentrantLock calling = new ReentrantLock();
    private @Nullable Subscription subscription;
    private Set<String> subscribed = Set.of();
    private volatile boolean closed;

    CancelSubscription(JobSignals signals, Map<String, Worker> workers, Runnable renewNow) {
        this.signals = signals;
        this.workers = workers;
        this.renewNow = renewNow;
    }

    @Override
    public Duration poll() {
        if (calling.tryLock()) {
            try {
                subscribe(Set.copyOf(workers.keySet()));
            } finally {
                calling.unlock();
            }
        }
        return ONCE_SUBSCRIBED;
    }

    private void subscribe(Set<String> partitions) {
        if (!closed && !subscribed.equals(partitions)) {
            Subscription before = subscription;
            subscription = signals.subscribe(Nonce.next(), partitions, new CancelListener(workers, renewNow));
            subscribed = partitions;
            if (before != null) {
                before.close();
            }
        }
        if (closed) {
            unsubscribe();
        }
    }

    /** Ends the subscription; when a call is under way it ends it after the call. */
    void close() {
        closed = true;
        if (calling.tryLock()) {
            try {
                unsubscribe();
            } finally {
                calling.unlock();
            }
        }
    }

    private void unsubscribe() {
        if (subscription != null) {
            subscription.close();
            subscription = null;
        }
    }
}
