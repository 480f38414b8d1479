package io.jobqueue.store.redis;

import java.util.Set;

/** What one listener hears over the connections of a {@link ChannelSubscriber}. */
interface ChannelSubscription {

    /** Returns the channels it wants; a copy. */
    Set<String> channels();

    /** Begins to wait for the confirmation of these of its channels. */
    void connecting(Set<String> channels);

    void confirmed(String channel);

    void hear(String channel, byte[] message);
}
