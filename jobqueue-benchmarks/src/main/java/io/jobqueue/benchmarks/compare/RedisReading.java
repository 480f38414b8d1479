package io.jobqueue.benchmarks.compare;

import java.util.Map;
import java.util.stream.Collectors;
import redis.clients.jedis.Jedis;

/**
 * What a Redis says of itself.
 *
 * @param cpuMicros its user and system time
 * @param commands the commands it has run, those inside scripts too
 * @param reads how often it read from a client's socket
 * @param bytes the memory in use
 */
record RedisReading(double cpuMicros, double commands, double reads, double bytes) {

    static RedisReading of(Jedis redis) {
        Map<String, String> facts = redis.info("everything")
                .lines()
                .filter(line -> line.contains(":"))
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf(':')),
                        line -> line.substring(line.indexOf(':') + 1),
                        (first, second) -> first));
        return new RedisReading(
                (number(facts, "used_cpu_user") + number(facts, "used_cpu_sys")) * 1e6,
                number(facts, "total_commands_processed"),
                number(facts, "total_reads_processed"),
                number(facts, "used_memory"));
    }

    private static double number(Map<String, String> facts, String name) {
        return Double.parseDouble(facts.getOrDefault(name, "0"));
    }

    RedisReading since(RedisReading before) {
        return new RedisReading(
                cpuMicros - before.cpuMicros, commands - before.commands, reads - before.reads, bytes - before.bytes);
    }
}
