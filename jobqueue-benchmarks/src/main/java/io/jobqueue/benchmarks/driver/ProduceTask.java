package io.jobqueue.benchmarks.driver;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Enqueues at a steady rate for a worker in another process; the payload says when the call began. */
final class ProduceTask implements Task {

    private final Producer producer;
    private final Order order;

    ProduceTask(Peer peer, Order order) throws Exception {
        this.producer = peer.producer(Session.QUEUE);
        this.order = order;
    }

    @Override
    public Map<String, Double> run() throws Exception {
        int jobs = order.jobs() + order.number("warmup", 200);
        int width = order.payload().length();
        long interval = TimeUnit.SECONDS.toNanos(1) / order.number("rate", 200);
        long next = System.nanoTime();
        for (int i = 0; i < jobs; i++) {
            producer.enqueue(padded(System.nanoTime(), width));
            next += interval;
            LockSupport.parkNanos(next - System.nanoTime());
        }
        return Map.of("jobs", (double) jobs);
    }

    private static String padded(long nanos, int width) {
        // Begins with a letter: some queues would take a text of digits for a number.
        String text = "t" + nanos + " ";
        return text + "x".repeat(Math.max(0, width - text.length()));
    }

    @Override
    public void close() {
        producer.close();
    }
}
