package io.jobqueue.store.memory;

import io.jobqueue.store.ClaimToken;
import io.jobqueue.store.Ended;
import io.jobqueue.store.JobSignals.Subscription;
import io.jobqueue.store.SignalListener;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners what happened, in order, on one thread of the store's own. Thread-safe. */
final class Subscribers {

    private static final Logger log = LoggerFactory.getLogger(Subscribers.class);

    private final Map<String, Subscriber> byAddress = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor teller = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Subscribers::daemon,
            new ThreadPoolExecutor.DiscardPolicy());

    Subscription add(String address, Set<String> queues, SignalListener listener) {
        Subscriber subscriber = new Subscriber(address, Set.copyOf(queues), listener);
        byAddress.put(address, subscriber);
        subscriber.tell(SignalListener::resumed);
        return subscriber;
    }

    void tellEnded(String address, Ended ended) {
        Subscriber subscriber = byAddress.get(address);
        if (subscriber != null) {
            subscriber.tell(listener -> listener.ended(ended));
        }
    }

    void tellCancelRequested(String queue, ClaimToken token) {
        for (Subscriber subscriber : byAddress.values()) {
            if (subscriber.queues.contains(queue)) {
                subscriber.tell(listener -> listener.cancelRequested(queue, token));
            }
        }
    }

    void close() {
        byAddress.clear();
        teller.shutdownNow();
    }

    private static Thread daemon(Runnable loop) {
        Thread thread = new Thread(loop, "jobqueue-memory-signals");
        thread.setDaemon(true);
        return thread;
    }

    private final class Subscriber implements Subscription {

        private final String address;
        private final Set<String> queues;
        private final SignalListener listener;

        Subscriber(String address, Set<String> queues, SignalListener listener) {
            this.address = address;
            this.queues = queues;
            this.listener = listener;
        }

        void tell(Consumer<SignalListener> signal) {
            teller.execute(() -> {
                if (byAddress.get(address) == this) {
                    call(signal);
                }
            });
        }

        @Override
        public void close() {
            byAddress.remove(address, this);
        }

        private void call(Consumer<SignalListener> signal) {
            try {
                signal.accept(listener);
            } catch (RuntimeException e) {
                log.warn("address '{}': its signal listener failed, the signal is dropped", address, e);
            }
        }
    }
}
