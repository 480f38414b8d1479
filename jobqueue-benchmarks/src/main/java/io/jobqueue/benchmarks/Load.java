package io.jobqueue.benchmarks;

import io.jobqueue.store.JobStore;
import io.jobqueue.store.memory.MemoryStore;
import io.jobqueue.store.redis.RedisConnection;
import io.jobqueue.store.redis.RedisStore;
import io.jobqueue.testkit.RedisCluster;
import io.jobqueue.testkit.RedisServer;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The load tool: {@code Load <work> [name=value …]}. Works are drain, enqueue, roundtrip, latency, backlog, memory, mixed, idle, calls and stall; the
 * values are named in {@link LoadOptions}. Every work runs several rounds and prints each, then medians with minimum and maximum.
 */
public final class Load {

    private static final Map<String, Function<Bench, Work>> WORKS = Map.of(
            "drain", DrainWork::new,
            "enqueue", EnqueueWork::new,
            "roundtrip", RoundTripWork::new,
            "latency", LatencyWork::new,
            "backlog", BacklogWork::new,
            "memory", MemoryWork::new,
            "mixed", MixedWork::new,
            "calls", CallsWork::new,
            "idle", IdleWork::new,
            "stall", StallWork::new);

    private Load() {}

    /** Runs one work and prints its figures. */
    public static void main(String[] arguments) throws Exception {
        Function<Bench, Work> work = arguments.length == 0 ? null : WORKS.get(arguments[0]);
        if (work == null) {
            System.err.println("usage: Load " + String.join("|", WORKS.keySet()) + " [name=value …]");
            System.exit(2);
            return;
        }
        LoadOptions options = LoadOptions.parse(arguments);
        if (options.store().equals("memory")) {
            run(work, options, () -> new MemoryStore(InstantSource.system()), ServerCost.NONE);
        } else if (options.masters() > 0) {
            try (RedisCluster cluster = RedisCluster.startWithoutReplicas(options.masters())) {
                List<URI> masters = cluster.masters().stream()
                        .map(master -> URI.create(master.url()))
                        .toList();
                runOnRedis(work, options, cluster.connection(), masters);
            }
        } else if (options.redis().isEmpty()) {
            try (RedisServer server = RedisServer.start()) {
                runOnRedis(work, options, server.connection(), List.of(URI.create(server.url())));
            }
        } else {
            runOnRedis(work, options, RedisConnection.of(options.redis()), List.of(URI.create(options.redis())));
        }
        System.exit(0);
    }

    private static void runOnRedis(
            Function<Bench, Work> work, LoadOptions options, RedisConnection connection, List<URI> servers)
            throws Exception {
        try (RedisCost cost = new RedisCost(servers)) {
            run(work, options, () -> RedisStore.open(connection, "bench"), cost);
        }
    }

    private static void run(Function<Bench, Work> work, LoadOptions options, Supplier<JobStore> stores, ServerCost cost)
            throws Exception {
        try (JobStore store = stores.get()) {
            System.out.println(store.info());
            Figures figures = new Figures();
            for (int round = 0; round < options.rounds(); round++) {
                cost.awaitRest();
                Work next = work.apply(new Bench(store, stores, cost, options, round));
                Map<String, Double> measured = next.run();
                System.out.println("round " + (round + 1) + " " + Figures.format(measured));
                figures.add(measured);
            }
            figures.print(options.toString());
        }
    }
}
