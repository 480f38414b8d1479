package io.jobqueue.benchmarks.driver;

import java.util.LinkedHashMap;
import java.util.Map;

/** Enqueues and waits for the result. */
final class RoundTripTask implements Task {

    private static final int WARM_UP = 20_000;

    private final Order order;
    private final Producer producer;
    private final Consumer consumer;

    RoundTripTask(Peer peer, Order order) throws Exception {
        this.order = order;
        consumer = peer.consumer(Session.QUEUE, order.slots(), true, payload -> payload);
        consumer.start();
        producer = peer.producer(Session.QUEUE);
        Filling.inFlight(order.slots(), WARM_UP, number -> producer.enqueueAndWait(order.payload()));
    }

    @Override
    public Map<String, Double> run() throws Exception {
        Timings timings = new Timings(order.jobs());
        String payload = order.payload();
        Filling.inFlight(order.inFlight(), order.jobs(), number -> {
            long called = System.nanoTime();
            producer.enqueueAndWait(payload);
            timings.set(number, System.nanoTime() - called);
        });
        Map<String, Double> figures = new LinkedHashMap<>(Map.of("jobs", (double) order.jobs()));
        timings.addTo(figures);
        return figures;
    }

    @Override
    public void close() {
        consumer.close();
        producer.close();
    }
}
