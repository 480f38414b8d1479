package io.jobqueue.store.redis;

import java.util.Set;

/** What one listener hears over the connection of a {@link RedisSubscriber}. */
interface ChannelSubscription {

    /** Returns the channels it wants; a copy. */
    Set<String> channels();

    /** Begins to wait for the confirmation of every channel. */
    void connecting();

    void confirmed(String channel);

    void hear(String channel, byte[] message);
}
