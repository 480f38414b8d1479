package io.jobqueue.benchmarks.driver;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Enqueues one by one and in bulk and works it all off, over and over for some seconds, so that what follows runs
 * compiled code.
 */
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
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(order.number("seconds", 0));
        double jobs = 0;
        do {
            jobs += once();
        } while (System.nanoTime() < end);
        return Map.of("jobs", jobs);
    }

    private int once() throws Exception {
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
        return half * 2;
    }
}
