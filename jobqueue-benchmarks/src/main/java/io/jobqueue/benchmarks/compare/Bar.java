package io.jobqueue.benchmarks.compare;

import java.util.List;

/**
 * What jobqueue is held to.
 *
 * @param name what is measured
 * @param own the contender that is held to it
 * @param work the work
 * @param figure its figure
 * @param peer the contender it is compared with; empty for a bound in itself
 * @param bound the least ratio to the peer, or the bound
 * @param most whether the bound is the most there may be, not the least
 */
record Bar(String name, String own, String work, String figure, String peer, double bound, boolean most) {

    private static final String RATE = "jobs/s";
    private static final String OWN = "jobqueue";
    private static final String MEMORY = "jobqueue-memory";

    /** Returns all of them. */
    static List<Bar> all() {
        return List.of(
                ratio("drain, 50 slots, long", "drain50long", "bullmq", 7),
                ratio("drain, 50 slots, long", "drain50long", "platformatic", 10),
                ratio("drain, 50 slots", "drain50", "rqueue", 40),
                ratio("drain, 50 slots, long", "drain50long", "beequeue", 5),
                ratio("drain, 10 slots", "drain10", "bullmq", 5),
                ratio("enqueue, 50 in flight", "enqueue", "beequeue", 1),
                ratio("enqueue, 50 in flight", "enqueue", "bullmq", 2.8),
                ratio("bulk enqueue", "bulk", "bullmq", 8),
                ratio("bulk enqueue", "bulk", "beequeue", 2),
                ratio("enqueue and wait, 1 in flight", "roundtrip1", "platformatic", 3),
                ratio("enqueue and wait, 50 in flight", "roundtrip50", "platformatic", 4),
                most("Redis CPU µs a job, enqueue", "enqueue", "server CPU µs a job", 5),
                most("Redis CPU µs a job, drain", "drain50long", "server CPU µs a job", 8),
                most("client calls a job, drain", "calls", "client calls a job", 0.04),
                most("pick-up p50 ms", "latency", "p50 ms", 0.7),
                most("pick-up p99 ms", "latency", "p99 ms", 2),
                new Bar("pick-up p50, to the peer", OWN, "latency", "p50 ms", "beequeue", 1, true),
                most("bytes a waiting job of 113 bytes", "memory", "bytes a job", 260),
                new Bar("memory store, drain, 50 slots", MEMORY, "drain50", RATE, "platformatic-memory", 5, false),
                new Bar("memory store, enqueue and wait", MEMORY, "roundtrip1", RATE, "", 64_000, false));
    }

    private static Bar ratio(String name, String work, String peer, double least) {
        return new Bar(name, OWN, work, RATE, peer, least, false);
    }

    private static Bar most(String name, String work, String figure, double bound) {
        return new Bar(name, OWN, work, figure, "", bound, true);
    }
}
