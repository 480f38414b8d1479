package io.jobqueue.benchmarks;

import java.lang.management.ManagementFactory;

/** Measures one stretch of work: its time, the CPU of this process, and what the store's servers spent on it. */
final class Meter {

    private static final double NANOS_PER_MICRO = 1e3;
    private static final double NANOS_PER_SECOND = 1e9;

    private final ServerCost cost;
    private final ServerReading server;
    private final double client;
    private final long start;

    private Meter(ServerCost cost) {
        this.cost = cost;
        this.server = cost.read();
        this.client = clientMicros();
        this.start = System.nanoTime();
    }

    static Meter start(ServerCost cost) {
        return new Meter(cost);
    }

    Spent stop() {
        double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
        double micros = clientMicros() - client;
        return new Spent(seconds, micros, cost.read().since(server));
    }

    private static double clientMicros() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                        .getProcessCpuTime()
                / NANOS_PER_MICRO;
    }

    /**
     * What a stretch took.
     *
     * @param seconds from start to stop
     * @param clientMicros user and system time of this process
     * @param server what the servers spent
     */
    record Spent(double seconds, double clientMicros, ServerReading server) {

        Spent plus(Spent more) {
            return new Spent(seconds + more.seconds, clientMicros + more.clientMicros, server.plus(more.server));
        }
    }
}
