package io.jobqueue.benchmarks.driver;

import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Works off jobs that all wait when the worker starts. */
final class DrainTask implements Task {

    private final Order order;
    private final CountDownLatch handled;
    private final Producer producer;
    private final Consumer consumer;

    DrainTask(Peer peer, Order order) throws Exception {
        this.order = order;
        handled = new CountDownLatch(order.jobs());
        producer = peer.producer(Session.QUEUE);
        Filling.fast(producer, order.payload(), order.jobs());
        consumer = peer.consumer(Session.QUEUE, order.slots(), order.keep(), payload -> {
            handled.countDown();
            return null;
        });
    }

    @Override
    public Map<String, Double> run() throws Exception {
        consumer.start();
        handled.await();
        consumer.awaitSettled();
        return Map.of("jobs", (double) order.jobs());
    }

    @Override
    public void close() {
        consumer.close();
        producer.close();
    }
}
