package io.jobqueue.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.Map;

/** Measures one stretch of work: its time, the CPU of this process, and what the store's server spent on it. */
final class Meter {

    private static final double NANOS_PER_MICRO = 1e3;
    private static final double NANOS_PER_SECOND = 1e9;

    private final ServerCost cost;
    private final ServerCost.Reading server;
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
     * @param clientMicros user and system time of this process, producer and worker alike
     * @param server what the server spent
     */
    record Spent(double seconds, double clientMicros, ServerCost.Reading server) {

        /** Adds what each of so many jobs cost on average. */
        void addTo(Map<String, Double> figures, double jobs) {
            figures.put("client calls a job", server.calls() / jobs);
            figures.put("server CPU µs a job", server.cpuMicros() / jobs);
            if (server.cpuMicrosOfEach().size() > 1) {
                figures.put("busiest server CPU µs a job", server.cpuMicrosOfBusiest() / jobs);
            }
            figures.put("client CPU µs a job", clientMicros / jobs);
        }
    }
}
