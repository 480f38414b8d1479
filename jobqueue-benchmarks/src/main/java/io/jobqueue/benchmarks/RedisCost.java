package io.jobqueue.benchmarks;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import redis.clients.jedis.Jedis;

/** Reads the cost of one Redis, or of the masters of a cluster, from {@code INFO}. */
final class RedisCost implements ServerCost, AutoCloseable {

    /** The commands clients send; what scripts call is counted under other names. */
    private static final Set<String> CLIENT_COMMANDS =
            Set.of("cmdstat_evalsha", "cmdstat_eval", "cmdstat_blpop", "cmdstat_sadd");

    private static final String SCRIPT_TIMES = "latency_percentiles_usec_evalsha:";
    private static final double MICROS_PER_SECOND = 1e6;
    private static final double MICROS_PER_MILLI = 1e3;

    private final List<Jedis> servers;

    /** Reads the servers that listen at these addresses. */
    RedisCost(List<URI> urls) {
        servers = urls.stream().map(Jedis::new).toList();
    }

    @Override
    public Reading read() {
        List<Double> cpu = new ArrayList<>();
        double calls = 0;
        double bytes = 0;
        for (Jedis server : servers) {
            Reading reading = read(server);
            cpu.add(reading.cpuMicros());
            calls += reading.calls();
            bytes += reading.bytes();
        }
        return new Reading(cpu, calls, bytes);
    }

    @Override
    public void forgetScripts() {
        for (Jedis server : servers) {
            server.configSet("latency-tracking-info-percentiles", "50 99 99.9 99.99 100");
            server.configResetStat();
        }
    }

    @Override
    public Map<String, Double> scriptMillis() {
        Map<String, Double> worst = new LinkedHashMap<>();
        for (Jedis server : servers) {
            server.info("latencystats")
                    .lines()
                    .filter(line -> line.startsWith(SCRIPT_TIMES))
                    .flatMap(line ->
                            Stream.of(line.substring(SCRIPT_TIMES.length()).split(",", -1)))
                    .forEach(percentile -> {
                        int equals = percentile.indexOf('=');
                        worst.merge(
                                "script calls, ms, " + percentile.substring(0, equals),
                                Double.parseDouble(percentile.substring(equals + 1)) / MICROS_PER_MILLI,
                                Math::max);
                    });
        }
        return worst;
    }

    private static Reading read(Jedis redis) {
        double cpu = 0;
        double calls = 0;
        double bytes = 0;
        for (String line : redis.info("everything").lines().toList()) {
            int colon = line.indexOf(':');
            String name = colon < 0 ? line : line.substring(0, colon);
            if (name.equals("used_cpu_user") || name.equals("used_cpu_sys")) {
                cpu += Double.parseDouble(line.substring(colon + 1)) * MICROS_PER_SECOND;
            } else if (name.equals("used_memory")) {
                bytes = Double.parseDouble(line.substring(colon + 1));
            } else if (CLIENT_COMMANDS.contains(name)) {
                calls += Double.parseDouble(line.substring(line.indexOf("calls=") + 6, line.indexOf(',')));
            }
        }
        return new Reading(List.of(cpu), calls, bytes);
    }

    @Override
    public void close() {
        servers.forEach(Jedis::close);
    }
}
