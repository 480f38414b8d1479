package io.jobqueue.benchmarks.peers;

import io.jobqueue.benchmarks.driver.Consumer;
import io.jobqueue.benchmarks.driver.Peer;
import io.jobqueue.benchmarks.driver.Producer;
import java.util.List;
import org.redisson.Redisson;
import org.redisson.api.RBlockingQueue;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;

/** Redisson's blocking queue: at most once, since a taken element is gone. One taking thread a slot, plain strings. */
final class RedissonQueuePeer implements Peer {

    private final RedissonClient client;

    RedissonQueuePeer(String url) {
        this.client = client(url);
    }

    /** Connects a client whose pool has a connection for every taking thread. */
    static RedissonClient client(String url) {
        Config config = new Config();
        config.useSingleServer().setAddress(url).setConnectionPoolSize(128);
        return Redisson.create(config);
    }

    @Override
    public String version() {
        return Versions.of(Redisson.class) + ", " + Versions.java();
    }

    private RBlockingQueue<String> queue(String name) {
        return client.getBlockingQueue(name, StringCodec.INSTANCE);
    }

    @Override
    public Producer producer(String name) {
        RBlockingQueue<String> queue = queue(name);
        return new Producer() {
            @Override
            public void enqueue(String payload) {
                queue.add(payload);
            }

            @Override
            public void enqueueAll(List<String> payloads) {
                queue.addAll(payloads);
            }

            @Override
            public void close() {
                // The client is closed with the peer.
            }
        };
    }

    @Override
    public Consumer consumer(String name, int slots, boolean keep, Handler handler) {
        return new TakingThreads(queue(name), slots, handler);
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
