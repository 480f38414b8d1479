package io.jobqueue.benchmarks;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What a Redis answers to {@code INFO}. */
record RedisInfo(Map<String, String> facts) {

    /** The sections that are read. */
    static final String[] SECTIONS = {"clients", "memory", "persistence", "stats", "cpu", "commandstats"};

    private static final String COMMAND = "cmdstat_";
    private static final String CALLS = "calls=";
    private static final double MICROS_PER_SECOND = 1e6;

    /**
     * The commands that the scripts of the store run and its clients do not send in a work. The server counts both
     * under one name, so every other command is one of a client.
     */
    private static final Set<String> OF_SCRIPTS = Set.of(
            "del",
            "exists",
            "get",
            "hdel",
            "hexists",
            "hget",
            "hgetall",
            "hincrby",
            "hlen",
            "hmget",
            "hrandfield",
            "hscan",
            "hset",
            "hsetnx",
            "incr",
            "incrby",
            "lindex",
            "llen",
            "lpop",
            "lpos",
            "lrange",
            "ltrim",
            "publish",
            "rpush",
            "set",
            "spublish",
            "time",
            "type",
            "unlink",
            "zadd",
            "zcard",
            "zcount",
            "zrange",
            "zrangebylex",
            "zrangebyscore",
            "zrem",
            "zscore");

    /** What is under way beside the commands, by the name of its fact; 0 when it is not. */
    private static final Set<String> BACKGROUND = Set.of(
            "lazyfree_pending_objects", "active_defrag_running", "rdb_bgsave_in_progress", "aof_rewrite_in_progress");

    static RedisInfo parse(String answer) {
        return new RedisInfo(answer.lines()
                .filter(line -> line.indexOf(':') > 0)
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf(':')),
                        line -> line.substring(line.indexOf(':') + 1),
                        (first, second) -> first)));
    }

    ServerReading.One reading() {
        return new ServerReading.One(
                cpuMicros(),
                (number("used_cpu_user_main_thread", Double.NaN) + number("used_cpu_sys_main_thread", Double.NaN))
                        * MICROS_PER_SECOND,
                clientCalls(),
                number("used_memory", 0),
                number("total_net_input_bytes", 0),
                number("total_net_output_bytes", 0),
                number("connected_clients", 0));
    }

    /** Returns the user and system time of all its threads. */
    double cpuMicros() {
        return (number("used_cpu_user", 0) + number("used_cpu_sys", 0)) * MICROS_PER_SECOND;
    }

    /** Returns whether something is under way that no client waits for: freeing, defragmenting, saving. */
    boolean worksInBackground() {
        return BACKGROUND.stream().anyMatch(name -> number(name, 0) > 0);
    }

    private double clientCalls() {
        return facts.entrySet().stream()
                .filter(fact -> fact.getKey().startsWith(COMMAND))
                .filter(fact -> !OF_SCRIPTS.contains(fact.getKey().substring(COMMAND.length())))
                .mapToDouble(fact -> calls(fact.getValue()))
                .sum();
    }

    private static double calls(String counts) {
        int begin = counts.indexOf(CALLS) + CALLS.length();
        return Double.parseDouble(counts.substring(begin, counts.indexOf(',', begin)));
    }

    private double number(String name, double otherwise) {
        String value = facts.get(name);
        return value == null ? otherwise : Double.parseDouble(value);
    }
}
