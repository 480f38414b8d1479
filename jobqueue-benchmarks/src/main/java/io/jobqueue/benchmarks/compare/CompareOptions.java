package io.jobqueue.benchmarks.compare;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What to compare.
 *
 * @param rounds how many rounds
 * @param jobs how many jobs a work; the long drain has three times as many
 * @param warmUp for how many seconds a driver warms up, at least
 * @param only ids of contenders; empty for all
 * @param works names of works; empty for all
 * @param aof whether the Redis appends to a file and forces it to disk every second
 * @param page the page whose tables are written anew; empty for none
 */
record CompareOptions(int rounds, int jobs, int warmUp, Set<String> only, Set<String> works, boolean aof, String page) {

    private static final Map<String, String> DEFAULTS =
            Map.of("rounds", "3", "jobs", "50000", "warmup", "12", "only", "", "works", "", "aof", "no", "page", "");

    static CompareOptions parse(String[] arguments) {
        Map<String, String> values = new HashMap<>(DEFAULTS);
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (equals < 0 || !values.containsKey(argument.substring(0, equals))) {
                throw new IllegalArgumentException(
                        "'" + argument + "' is not name=value with a name of " + values.keySet());
            }
            values.put(argument.substring(0, equals), argument.substring(equals + 1));
        }
        return new CompareOptions(
                Integer.parseInt(values.getOrDefault("rounds", "")),
                Integer.parseInt(values.getOrDefault("jobs", "")),
                Integer.parseInt(values.getOrDefault("warmup", "")),
                names(values.getOrDefault("only", "")),
                names(values.getOrDefault("works", "")),
                values.getOrDefault("aof", "").equals("everysec"),
                values.getOrDefault("page", ""));
    }

    private static Set<String> names(String text) {
        return Arrays.stream(text.split(",", -1))
                .filter(name -> !name.isBlank())
                .collect(Collectors.toSet());
    }

    boolean wants(Contender contender) {
        return only.isEmpty() || only.contains(contender.id());
    }

    boolean wants(String work) {
        return works.isEmpty() || works.contains(work);
    }
}
