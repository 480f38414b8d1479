package io.jobqueue.store.redis;

import java.util.Set;

/** Hears the channels of queues on the nodes that have their slots, and all others on any node. */
final class ClusterSubscriber implements ChannelSubscriber {

    private final RedisSubscriber anywhere;
    private final ShardSubscriber shards;

    ClusterSubscriber(RedisSubscriber anywhere, ShardSubscriber shards) {
        this.anywhere = anywhere;
        this.shards = shards;
    }

    @Override
    public void add(ChannelSubscription subscription) {
        add(new Part(subscription, false), anywhere);
        add(new Part(subscription, true), shards);
    }

    private static void add(Part part, ChannelSubscriber subscriber) {
        if (!part.channels().isEmpty()) {
            subscriber.add(part);
        }
    }

    @Override
    public void remove(ChannelSubscription subscription) {
        anywhere.remove(new Part(subscription, false));
        shards.remove(new Part(subscription, true));
    }

    @Override
    public void close() {
        anywhere.close();
        shards.close();
    }

    private record Part(ChannelSubscription whole, boolean ofQueues) implements ChannelSubscription {

        @Override
        public Set<String> channels() {
            Set<String> channels = whole.channels();
            channels.removeIf(channel -> RedisKeys.isOfQueue(channel) != ofQueues);
            return channels;
        }

        @Override
        public void connecting(Set<String> channels) {
            whole.connecting(channels);
        }

        @Override
        public void confirmed(String channel) {
            whole.confirmed(channel);
        }

        @Override
        public void hear(String channel, byte[] message) {
            whole.hear(channel, message);
        }
    }
}
