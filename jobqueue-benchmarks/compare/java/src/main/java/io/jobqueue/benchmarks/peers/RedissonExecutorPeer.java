package io.jobqueue.benchmarks.peers;

import io.jobqueue.benchmarks.driver.Consumer;
import io.jobqueue.benchmarks.driver.Peer;
import io.jobqueue.benchmarks.driver.Producer;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.redisson.Redisson;
import org.redisson.api.RScheduledExecutorService;
import org.redisson.api.RedissonClient;
import org.redisson.api.WorkerOptions;

/** Redisson's executor service: at least once. Finished tasks are not kept. */
final class RedissonExecutorPeer implements Peer {

    private final RedissonClient client;

    RedissonExecutorPeer(String url) {
        this.client = RedissonQueuePeer.client(url);
    }

    @Override
    public String version() {
        return Versions.of(Redisson.class) + ", " + Versions.java();
    }

    @Override
    public Producer producer(String name) {
        RScheduledExecutorService executor = client.getExecutorService(name);
        return new Producer() {
            @Override
            public void enqueue(String payload) {
                executor.submit(new RedissonTask(payload));
            }

            @Override
            public void enqueueAll(List<String> payloads) {
                executor.submit(payloads.stream().map(RedissonTask::new).toArray(Callable<?>[]::new));
            }

            @Override
            public void enqueueAndWait(String payload) throws InterruptedException, ExecutionException {
                executor.submit(new RedissonTask(payload)).get();
            }

            @Override
            public void close() {
                // The client is closed with the peer.
            }
        };
    }

    @Override
    public Consumer consumer(String name, int slots, boolean keep, Handler handler) {
        RScheduledExecutorService executor = client.getExecutorService(name);
        return new Consumer() {
            @Override
            public void start() {
                RedissonTask.handleBy(handler);
                executor.registerWorkers(WorkerOptions.defaults().workers(slots));
            }

            @Override
            public void close() {
                executor.deregisterWorkers();
            }
        };
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
