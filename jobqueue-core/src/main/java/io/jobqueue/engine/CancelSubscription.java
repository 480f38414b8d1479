package io.jobqueue.engine;

import io.jobqueue.store.JobSignals;
import io.jobqueue.store.JobSignals.Subscription;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Subscribes the workers of this process to requests to cancel, as soon as the store lets it. */
final class CancelSubscription implements Periodic {

    private static final Duration ONCE_SUBSCRIBED = Duration.ofMinutes(1);

    private final JobSignals signals;
    private final Map<String, Worker> workers;
    private final Runnable renewNow;
    private @Nullable Subscription subscription;
    private Set<String> subscribed = Set.of();
    private boolean closed;

    CancelSubscription(JobSignals signals, Map<String, Worker> workers, Runnable renewNow) {
        this.signals = signals;
        this.workers = workers;
        this.renewNow = renewNow;
    }

    @Override
    public synchronized Duration poll() {
        Set<String> partitions = Set.copyOf(workers.keySet());
        if (!closed && !subscribed.equals(partitions)) {
            Subscription before = subscription;
            subscription = signals.subscribe(Nonce.next(), partitions, new CancelListener(workers, renewNow));
            subscribed = partitions;
            if (before != null) {
                before.close();
            }
        }
        return ONCE_SUBSCRIBED;
    }

    synchronized void close() {
        closed = true;
        if (subscription != null) {
            subscription.close();
        }
    }
}
