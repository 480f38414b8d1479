package io.jobqueue.benchmarks.compare;

import java.util.List;

/**
 * A work that every contender does.
 *
 * @param name its name
 * @param order what a driver is told
 */
record CompareWork(String name, String order) {

    private static final int LONG = 3;
    private static final int LATENCY_JOBS = 1600;

    /** Returns the works in the order of a round. */
    static List<CompareWork> all(int jobs) {
        return List.of(
                new CompareWork("enqueue", "enqueue inflight=50 jobs=" + jobs),
                new CompareWork("bulk", "bulk batch=500 jobs=" + Math.max(500, jobs / 500 * 500)),
                new CompareWork("drain10", "drain slots=10 jobs=" + jobs),
                new CompareWork("drain50", "drain slots=50 jobs=" + jobs),
                new CompareWork("drain50removed", "drain slots=50 keep=no jobs=" + jobs),
                new CompareWork("drain50long", "drain slots=50 jobs=" + jobs * LONG),
                new CompareWork("memory", "enqueue bytes=113 jobs=" + jobs / 2),
                new CompareWork("calls", "drain slots=50 jobs=" + Math.min(jobs, 2000)),
                new CompareWork("roundtrip1", "roundtrip inflight=1 slots=50 jobs=" + Math.max(100, jobs / 20)),
                new CompareWork("roundtrip50", "roundtrip inflight=50 slots=50 jobs=" + Math.max(500, jobs / 4)),
                new CompareWork("latency", "slots=10 rate=200 warmup=200 jobs=" + Math.min(jobs, LATENCY_JOBS)));
    }

    /** Returns whether its figures are of calls under a monitor, which slows everything down. */
    boolean countsCalls() {
        return name.equals("calls");
    }

    /** Returns whether a second process works while the first enqueues. */
    boolean needsTwoProcesses() {
        return name.equals("latency");
    }
}
