package io.jobqueue.store.redis;

/** Hears channels for those who subscribe; connects with the first of them. Thread-safe. */
interface ChannelSubscriber extends AutoCloseable {

    /** Begins to hear for one more; returns before the servers have confirmed it. */
    void add(ChannelSubscription subscription);

    void remove(ChannelSubscription subscription);

    @Override
    void close();
}
