package io.jobqueue.benchmarks.driver;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A worker that another process gives jobs to: how long from the start of the enqueue call to the start of the
 * handler. The first jobs warm up and do not count.
 */
final class ServeTask implements Task {

    private final Order order;
    private final Timings timings;
    private final CountDownLatch arrived;
    private final AtomicInteger arrivals = new AtomicInteger();
    private final Consumer consumer;

    ServeTask(Peer peer, Order order) throws Exception {
        this.order = order;
        timings = new Timings(order.jobs());
        arrived = new CountDownLatch(order.jobs() + warmUp());
        consumer = peer.consumer(Session.QUEUE, order.slots(), true, this::arrive);
        consumer.start();
    }

    private int warmUp() {
        return order.number("warmup", 200);
    }

    private @Nullable String arrive(String payload) {
        // Linux and macOS give one monotonic clock to all processes; the number stands between a letter and a blank.
        long now = System.nanoTime();
        int number = arrivals.getAndIncrement() - warmUp();
        if (number >= 0 && number < order.jobs()) {
            timings.set(number, now - Long.parseLong(payload, 1, payload.indexOf(' '), 10));
        }
        arrived.countDown();
        return null;
    }

    @Override
    public Map<String, Double> run() throws Exception {
        arrived.await();
        Map<String, Double> figures = new LinkedHashMap<>(Map.of("jobs", (double) order.jobs() + warmUp()));
        timings.addTo(figures);
        return figures;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
