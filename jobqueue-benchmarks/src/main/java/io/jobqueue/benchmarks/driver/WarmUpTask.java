package io.jobqueue.benchmarks.driver;

import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Enqueues one by one and in bulk and works it all off, so that what follows runs compiled code. */
final class WarmUpTask implements Task {

    private static final String QUEUE = "warm";

    private final Peer peer;
    private final Order order;

    WarmUpTask(Peer peer, Order order) {
        this.peer = peer;
        this.order = order;
    }

    @Override
    public Map<String, Double> run() throws Exception {
        int half = order.jobs() / 2;
        String payload = order.payload();
        CountDownLatch handled = new CountDownLatch(half * 2);
        try (Producer producer = peer.producer(QUEUE);
                Consumer consumer = peer.consumer(QUEUE, order.slots(), true, job -> {
                    handled.countDown();
                    return null;
                })) {
            Filling.inFlight(order.inFlight(), half, number -> producer.enqueue(payload));
            Filling.fast(producer, payload, half);
            consumer.start();
            handled.await();
            consumer.awaitSettled();
        }
        return Map.of("jobs", half * 2.0);
    }
}
