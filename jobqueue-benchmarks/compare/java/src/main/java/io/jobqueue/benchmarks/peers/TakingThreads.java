package io.jobqueue.benchmarks.peers;

import io.jobqueue.benchmarks.driver.Consumer;
import io.jobqueue.benchmarks.driver.Peer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Threads that take from a queue until they are told to stop. */
final class TakingThreads implements Consumer {

    private final BlockingQueue<String> queue;
    private final Peer.Handler handler;
    private final List<Thread> threads;
    private volatile boolean stopped;

    TakingThreads(BlockingQueue<String> queue, int count, Peer.Handler handler) {
        this.queue = queue;
        this.handler = handler;
        this.threads =
                IntStream.range(0, count).mapToObj(i -> new Thread(this::take)).toList();
    }

    private void take() {
        try {
            while (!stopped) {
                String payload = queue.poll(1, TimeUnit.SECONDS);
                if (payload != null) {
                    handler.handle(payload);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void start() {
        threads.forEach(Thread::start);
    }

    @Override
    public void close() {
        stopped = true;
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
