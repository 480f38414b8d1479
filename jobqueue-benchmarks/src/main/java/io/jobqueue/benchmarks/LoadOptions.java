package io.jobqueue.benchmarks;

import static java.util.Map.entry;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What to do.
 *
 * @param store {@code redis} or {@code memory}
 * @param redis URL of the server; empty starts one
 * @param jobs how many jobs a round
 * @param slots how many jobs run at once
 * @param inFlight how many calls are under way at once
 * @param batch how many jobs a bulk enqueue, 1 for one by one
 * @param bytes size of the payload
 * @param rounds how many rounds
 * @param rate jobs a second of the latency and the memory work
 * @param retention seconds a job is kept in the memory work
 * @param backlog the most jobs of the backlog work
 * @param masters starts a cluster of so many instead of one server; 0 for one server
 * @param partitions in how many partitions each queue is
 * @param engines how many engines are idle
 * @param queues how many queues each idle engine works on
 * @param seconds for how long the idle work is measured
 */
record LoadOptions(
        String store,
        String redis,
        int jobs,
        int slots,
        int inFlight,
        int batch,
        int bytes,
        int rounds,
        int rate,
        int retention,
        int backlog,
        int masters,
        int partitions,
        int engines,
        int queues,
        int seconds) {

    /** Returns whether the tool starts the server, a single one. */
    boolean ownServer() {
        return store.equals("redis") && redis.isEmpty() && masters == 0;
    }

    static LoadOptions parse(String[] arguments) {
        Map<String, String> values = new HashMap<>(Map.ofEntries(
                entry("store", "redis"),
                entry("redis", ""),
                entry("jobs", "100000"),
                entry("slots", "50"),
                entry("inflight", "50"),
                entry("batch", "1"),
                entry("bytes", "100"),
                entry("rounds", "5"),
                entry("rate", "200"),
                entry("retention", "20"),
                entry("backlog", "1000000"),
                entry("masters", "0"),
                entry("partitions", "1"),
                entry("engines", "10"),
                entry("queues", "1"),
                entry("seconds", "30")));
        for (int i = 1; i < arguments.length; i++) {
            int equals = arguments[i].indexOf('=');
            String name = equals < 0 ? arguments[i] : arguments[i].substring(0, equals);
            if (equals < 0 || !values.containsKey(name)) {
                throw new IllegalArgumentException(
                        "'" + arguments[i] + "' is not name=value with a name of " + values.keySet());
            }
            values.put(name, arguments[i].substring(equals + 1));
        }
        return new LoadOptions(
                text(values, "store"),
                text(values, "redis"),
                number(values, "jobs"),
                number(values, "slots"),
                number(values, "inflight"),
                number(values, "batch"),
                number(values, "bytes"),
                number(values, "rounds"),
                number(values, "rate"),
                number(values, "retention"),
                number(values, "backlog"),
                number(values, "masters"),
                number(values, "partitions"),
                number(values, "engines"),
                number(values, "queues"),
                number(values, "seconds"));
    }

    private static String text(Map<String, String> values, String name) {
        return Objects.requireNonNull(values.get(name), name);
    }

    private static int number(Map<String, String> values, String name) {
        return Integer.parseInt(text(values, name));
    }
}
