package io.jobqueue.benchmarks.compare;

import java.util.List;
import java.util.Set;

/**
 * A queue that is compared.
 *
 * @param id its short name
 * @param title its name in the tables
 * @param delivery what it promises
 * @param platform what its driver runs on
 * @param server what it keeps its jobs in
 * @param warmUp how many jobs it warms up with at a time
 * @param works what it can do
 */
record Contender(
        String id, String title, String delivery, Platform platform, Server server, int warmUp, Set<String> works) {

    /** What a driver runs on. */
    enum Platform {
        /** The module itself. */
        OWN,
        /** The Java peers, which have a class path of their own. */
        PEERS,
        /** Node.js. */
        NODE
    }

    /** What keeps the jobs. */
    enum Server {
        REDIS,
        POSTGRES,
        NONE
    }

    private static final Set<String> ALL = Set.of(
            "enqueue",
            "bulk",
            "drain10",
            "drain50",
            "drain50removed",
            "drain50long",
            "latency",
            "roundtrip1",
            "roundtrip50",
            "memory",
            "calls");
    private static final Set<String> IN_PROCESS = Set.of("enqueue", "drain10", "drain50", "roundtrip1", "roundtrip50");
    private static final String AT_LEAST_ONCE = "at least once";
    private static final String IN_THE_PROCESS = "in process";

    /** Returns all of them, in the order of the tables. */
    static List<Contender> all() {
        return List.of(
                redis("jobqueue", "**jobqueue**", "at least once, fenced", Platform.OWN, 20_000, Set.of()),
                redis("bullmq", "BullMQ", AT_LEAST_ONCE, Platform.NODE, 5000, Set.of()),
                redis(
                        "platformatic",
                        "@platformatic/job-queue",
                        AT_LEAST_ONCE,
                        Platform.NODE,
                        5000,
                        Set.of("bulk", "drain50removed")),
                redis("beequeue", "Bee-Queue", AT_LEAST_ONCE, Platform.NODE, 5000, Set.of("roundtrip1", "roundtrip50")),
                redis(
                        "rqueue",
                        "Rqueue, tuned",
                        AT_LEAST_ONCE,
                        Platform.PEERS,
                        4000,
                        Set.of("bulk", "drain50removed", "drain50long", "roundtrip1", "roundtrip50")),
                redis(
                        "redisson",
                        "Redisson RBlockingQueue",
                        "**at most once**",
                        Platform.PEERS,
                        10_000,
                        Set.of("drain50removed", "roundtrip1", "roundtrip50")),
                redis(
                        "redisson-executor",
                        "Redisson executor",
                        AT_LEAST_ONCE,
                        Platform.PEERS,
                        4000,
                        Set.of("drain50removed", "drain50long")),
                postgres("jobrunr", "JobRunr, PostgreSQL", 2000),
                postgres("db-scheduler", "db-scheduler, PostgreSQL", 4000),
                new Contender(
                        "jobqueue-memory",
                        "**jobqueue**, memory store",
                        IN_THE_PROCESS,
                        Platform.OWN,
                        Server.NONE,
                        20_000,
                        IN_PROCESS),
                new Contender(
                        "platformatic-memory",
                        "@platformatic/job-queue, MemoryStorage",
                        IN_THE_PROCESS,
                        Platform.NODE,
                        Server.NONE,
                        5000,
                        IN_PROCESS));
    }

    private static Contender redis(
            String id, String title, String delivery, Platform platform, int warmUp, Set<String> without) {
        return new Contender(
                id,
                title,
                delivery,
                platform,
                Server.REDIS,
                warmUp,
                Set.copyOf(ALL.stream().filter(work -> !without.contains(work)).toList()));
    }

    private static Contender postgres(String id, String title, int warmUp) {
        return new Contender(
                id,
                title,
                AT_LEAST_ONCE,
                Platform.PEERS,
                Server.POSTGRES,
                warmUp,
                Set.of("enqueue", "bulk", "drain10", "drain50", "latency"));
    }
}
