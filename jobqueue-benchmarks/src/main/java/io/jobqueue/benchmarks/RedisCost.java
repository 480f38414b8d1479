package io.jobqueue.benchmarks;

import java.util.Set;
import redis.clients.jedis.Jedis;

/** Reads the cost of a Redis from {@code INFO}. */
final class RedisCost implements ServerCost, AutoCloseable {

    /** The commands clients send; what scripts call is counted under other names. */
    private static final Set<String> CLIENT_COMMANDS =
            Set.of("cmdstat_evalsha", "cmdstat_eval", "cmdstat_blpop", "cmdstat_sadd");

    private static final double MICROS_PER_SECOND = 1e6;

    private final Jedis redis;

    RedisCost(String url) {
        redis = new Jedis(java.net.URI.create(url));
    }

    @Override
    public Reading read() {
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
        return new Reading(cpu, calls, bytes);
    }

    @Override
    public void close() {
        redis.close();
    }
}
