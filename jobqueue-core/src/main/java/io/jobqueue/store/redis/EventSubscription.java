package io.jobqueue.store.redis;

import io.jobqueue.store.JobSignals.Subscription;
import java.util.HashSet;
import java.util.Set;

/** Hears that a queue has new events, and that the connection is up again. */
final class EventSubscription implements ChannelSubscription, Subscription {

    private final String channel;
    private final Runnable hint;
    private final ChannelSubscriber subscriber;

    EventSubscription(String channel, Runnable hint, ChannelSubscriber subscriber) {
        this.channel = channel;
        this.hint = hint;
        this.subscriber = subscriber;
    }

    @Override
    public Set<String> channels() {
        return new HashSet<>(Set.of(channel));
    }

    @Override
    public void connecting(Set<String> channels) {
        // every confirmation gives a hint, also one that comes twice
    }

    @Override
    public void confirmed(String confirmed) {
        if (confirmed.equals(channel)) {
            hint.run();
        }
    }

    @Override
    public void hear(String heard, byte[] message) {
        confirmed(heard);
    }

    @Override
    public void close() {
        subscriber.remove(this);
    }
}
