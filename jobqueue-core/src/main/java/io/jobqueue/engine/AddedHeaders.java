package io.jobqueue.engine;

import io.jobqueue.InvalidJobException;
import io.jobqueue.JobRequest;
import io.jobqueue.Names;
import java.util.HashMap;
import java.util.Map;

/** Adds headers that the caller has not asked for and must not fail by: those that break the rule are left out. */
final class AddedHeaders {

    private AddedHeaders() {}

    /** Returns {@code own} with as many of {@code added} as there is room for; the added go first where both have a name. */
    static Map<String, String> merge(Map<String, String> own, Map<String, String> added) {
        Map<String, String> merged = new HashMap<>(own);
        added.forEach((name, value) -> {
            boolean room = merged.size() < JobRequest.MOST_HEADERS || merged.containsKey(name);
            if (room && isHeader(name, value)) {
                merged.put(name, value);
            }
        });
        return Map.copyOf(merged);
    }

    private static boolean isHeader(String name, String value) {
        try {
            JobRequest.Builder unused = JobRequest.of("any").header(Names.require("header", name), value);
            return true;
        } catch (InvalidJobException e) {
            return false;
        }
    }
}
