package io.jobqueue.store.redis;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All who have subscribed. Thread-safe. */
final class ChannelAudience {

    private static final Logger log = LoggerFactory.getLogger(ChannelAudience.class);

    private final List<ChannelSubscription> subscriptions = new CopyOnWriteArrayList<>();

    void add(ChannelSubscription subscription) {
        subscriptions.add(subscription);
    }

    void remove(ChannelSubscription subscription) {
        subscriptions.remove(subscription);
    }

    /** Returns the channels that anybody wants; a copy. */
    Set<String> channels() {
        Set<String> wanted = new HashSet<>();
        subscriptions.forEach(subscription -> wanted.addAll(subscription.channels()));
        return wanted;
    }

    void connecting(Set<String> channels) {
        for (ChannelSubscription subscription : subscriptions) {
            Set<String> its = subscription.channels();
            its.retainAll(channels);
            subscription.connecting(its);
        }
    }

    void confirmed(String channel) {
        subscriptions.forEach(subscription -> subscription.confirmed(channel));
    }

    void hear(String channel, byte[] message) {
        for (ChannelSubscription subscription : subscriptions) {
            try {
                subscription.hear(channel, message);
            } catch (RuntimeException e) {
                log.warn("A message on channel {} was dropped: it cannot be read or its listener failed", channel, e);
            }
        }
    }
}
