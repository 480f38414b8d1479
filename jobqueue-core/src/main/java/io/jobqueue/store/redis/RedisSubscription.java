package io.jobqueue.store.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.jobqueue.store.ClaimToken;
import io.jobqueue.store.Ended;
import io.jobqueue.store.JobSignals.Subscription;
import io.jobqueue.store.SignalListener;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What one listener hears: its reply channel and the cancellations of its queues. */
final class RedisSubscription implements ChannelSubscription, Subscription {

    private static final int FENCE_DIGITS = 16;
    private static final long NOT_TOLD = 0xFFFF_FFFFL;

    private final String replies;
    private final Map<String, String> queueByChannel = new HashMap<>();
    private final SignalListener listener;
    private final ChannelSubscriber subscriber;
    private final Set<String> unconfirmed = new HashSet<>();

    RedisSubscription(
            String address, Set<String> queues, RedisKeys keys, SignalListener listener, ChannelSubscriber subscriber) {
        this.replies = keys.replies(address);
        queues.forEach(queue -> queueByChannel.put(keys.cancellations(queue), queue));
        this.listener = listener;
        this.subscriber = subscriber;
        unconfirmed.addAll(channels());
    }

    @Override
    public Set<String> channels() {
        Set<String> channels = new HashSet<>(queueByChannel.keySet());
        channels.add(replies);
        return channels;
    }

    @Override
    public void connecting(Set<String> channels) {
        synchronized (unconfirmed) {
            unconfirmed.addAll(channels);
        }
    }

    @Override
    public void confirmed(String channel) {
        if (wasTheLast(channel)) {
            listener.resumed();
        }
    }

    private boolean wasTheLast(String channel) {
        synchronized (unconfirmed) {
            return unconfirmed.remove(channel) && unconfirmed.isEmpty();
        }
    }

    @Override
    public void hear(String channel, byte[] message) {
        String queue = queueByChannel.get(channel);
        if (queue != null) {
            listener.cancelRequested(queue, token(message));
        } else if (channel.equals(replies)) {
            tellEnded(new BinaryReader(message));
        }
    }

    private static ClaimToken token(byte[] message) {
        String fence = new String(message, 0, FENCE_DIGITS, ISO_8859_1);
        String id = new String(message, FENCE_DIGITS, message.length - FENCE_DIGITS, UTF_8);
        return new ClaimToken(id, Long.parseLong(fence));
    }

    private void tellEnded(BinaryReader message) {
        String queue = message.text((int) message.number(2));
        while (message.hasMore()) {
            String id = message.text((int) message.number(2));
            int state = (int) message.number(1);
            long length = message.number(Integer.BYTES);
            listener.ended(new Ended(
                    queue, id, length == NOT_TOLD ? null : OutcomeFormat.outcome(state, message.take((int) length))));
        }
    }

    @Override
    public void close() {
        subscriber.remove(this);
    }
}
