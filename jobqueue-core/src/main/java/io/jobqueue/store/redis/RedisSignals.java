package io.jobqueue.store.redis;

import io.jobqueue.JobQueueException;
import io.jobqueue.store.JobSignals;
import io.jobqueue.store.SignalListener;
import java.time.Duration;
import java.util.Set;

/** Hints by a list that a waiting worker pops from, and by channels. */
final class RedisSignals implements JobSignals, AutoCloseable {

    private final ScriptRunner application;
    private final ScriptRunner engine;
    private final RedisScripts scripts;
    private final RedisKeys keys;
    private final WakeLine wakeLine;
    private final ChannelSubscriber subscriber;

    RedisSignals(
            ScriptRunner application,
            ScriptRunner engine,
            RedisScripts scripts,
            RedisKeys keys,
            RedisLines lines,
            ChannelSubscriber subscriber) {
        this.application = application;
        this.engine = engine;
        this.scripts = scripts;
        this.keys = keys;
        wakeLine = new WakeLine(lines, lines.failures(keys));
        this.subscriber = subscriber;
    }

    @Override
    public boolean awaitWork(String queue, Duration atMost) throws InterruptedException {
        try {
            return wakeLine.await(keys.wake(queue), atMost);
        } catch (JobQueueException e) {
            throw engine.named(queue, e);
        }
    }

    @Override
    public void offerWork(String queue) {
        engine.run(scripts.offer, queue, new ScriptArguments(1));
    }

    @Override
    public Subscription subscribe(String address, Set<String> queues, SignalListener listener) {
        RedisSubscription subscription = new RedisSubscription(address, queues, keys, listener, subscriber);
        subscriber.add(subscription);
        return subscription;
    }

    @Override
    public void forget(String queue, String jobId, String address) {
        application.run(
                scripts.forget, queue, new ScriptArguments(3).text(jobId).text(keys.replies(address)));
    }

    @Override
    public void close() {
        wakeLine.close();
        subscriber.close();
    }
}
