package io.jobqueue.engine;

import io.jobqueue.InvalidJobException;
import io.jobqueue.Names;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The handlers of an engine, one a type. Thread-safe. */
final class Handlers {

    private final Map<String, HandlerDefinition> byType = new ConcurrentHashMap<>();

    void add(HandlerDefinition definition) {
        HandlerDefinition first = byType.putIfAbsent(definition.type(), definition);
        if (first != null) {
            throw new InvalidJobException("type '" + Names.shown(definition.type()) + "': has two handlers, "
                    + first.origin() + " and " + definition.origin() + "; give one of them another type");
        }
    }

    /** Returns the queue that jobs of a type go to unless they say another; empty without a handler. */
    Optional<String> queueOf(String type) {
        return Optional.ofNullable(byType.get(type)).map(HandlerDefinition::queue);
    }

    Collection<HandlerDefinition> all() {
        return List.copyOf(byType.values());
    }
}
