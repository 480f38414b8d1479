package io.jobqueue.testkit;

import java.util.Map;
import java.util.stream.Collectors;
import redis.clients.jedis.Jedis;

/** How often a server has run each of its commands, those that scripts run included. */
public record ServerCalls(Map<String, Long> calls) {

    private static final String PREFIX = "cmdstat_";

    /** Returns how often it has since it was started. */
    public static ServerCalls of(RedisServer server) {
        try (Jedis redis = server.commands()) {
            return new ServerCalls(redis.info("commandstats")
                    .lines()
                    .filter(line -> line.startsWith(PREFIX))
                    .collect(Collectors.toMap(
                            line -> line.substring(PREFIX.length(), line.indexOf(':')), ServerCalls::count)));
        }
    }

    private static long count(String line) {
        return Long.parseLong(line.substring(line.indexOf("calls=") + "calls=".length(), line.indexOf(',')));
    }

    /** Returns how often it has since {@code before}. */
    public ServerCalls since(ServerCalls before) {
        return new ServerCalls(calls.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue() - before.of(entry.getKey()))));
    }

    /** Returns how often it has run a command; 0 when never. */
    public long of(String command) {
        return calls.getOrDefault(command, 0L);
    }
}
