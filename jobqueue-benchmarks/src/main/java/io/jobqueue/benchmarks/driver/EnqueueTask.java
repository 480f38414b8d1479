package io.jobqueue.benchmarks.driver;

import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Enqueues jobs that nobody works off: one by one from many threads, or in bulk, one call after the other. */
final class EnqueueTask implements Task {

    private final Producer producer;
    private final Order order;
    private final int batch;

    EnqueueTask(Peer peer, Order order, int batch) throws Exception {
        this.producer = peer.producer(Session.QUEUE);
        this.order = order;
        this.batch = batch;
    }

    @Override
    public Map<String, Double> run() throws Exception {
        int calls = order.jobs() / batch;
        String payload = order.payload();
        if (batch == 1) {
            Filling.inFlight(order.inFlight(), calls, number -> producer.enqueue(payload));
        } else {
            List<String> payloads = Collections.nCopies(batch, payload);
            for (int i = 0; i < calls; i++) {
                producer.enqueueAll(payloads);
            }
        }
        return Map.of("jobs", (double) calls * batch);
    }

    @Override
    public void close() {
        producer.close();
    }
}
