package io.jobqueue.store.memory;

import io.jobqueue.store.ExchangeRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Which types of jobs a worker can take in one call: those it named, as long as it has room for them. */
final class ClaimFilter implements Predicate<String> {

    private final Set<String> types;
    private final Map<String, Integer> room;

    ClaimFilter(ExchangeRequest request) {
        types = request.types();
        room = new HashMap<>(request.room());
    }

    @Override
    public boolean test(String type) {
        return (types.isEmpty() || types.contains(type)) && room.getOrDefault(type, 1) > 0;
    }

    /** Notes that a job of the type was taken. */
    void took(String type) {
        room.computeIfPresent(type, (any, jobs) -> jobs - 1);
    }
}
