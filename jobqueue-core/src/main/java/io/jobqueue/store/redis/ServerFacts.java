package io.jobqueue.store.redis;

import io.jobqueue.store.StoreInfo;
import java.util.Map;
import java.util.stream.Collectors;

/** What a server says of itself in {@code INFO}. */
record ServerFacts(Map<String, String> facts) {

    static ServerFacts read(String info) {
        return new ServerFacts(info.lines()
                .filter(line -> !line.startsWith("#") && line.indexOf(':') > 0)
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf(':')),
                        line -> line.substring(line.indexOf(':') + 1).strip(),
                        (first, second) -> second)));
    }

    StoreInfo describe(String location) {
        String valkey = facts.get("valkey_version");
        String version =
                valkey != null ? "Valkey " + valkey : "Redis " + facts.getOrDefault("redis_version", "unknown");
        return new StoreInfo("redis", location, version, durability());
    }

    private String durability() {
        return switch (facts.getOrDefault("aof_enabled", "")) {
            case "1" -> "append-only file";
            case "0" -> "no append-only file: jobs since the last snapshot are lost when the server stops";
            default -> "unknown: the server does not tell";
        };
    }
}
