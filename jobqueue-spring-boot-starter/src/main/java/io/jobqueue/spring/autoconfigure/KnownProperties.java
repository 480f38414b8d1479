package io.jobqueue.spring.autoconfigure;

import java.lang.reflect.RecordComponent;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;

/** The names of the properties there are, below {@code jobqueue}, as the records say that they are bound to. */
final class KnownProperties {

    private static final String DEFAULTS = "defaults.";

    private final Set<String> names = new TreeSet<>();

    KnownProperties() {
        add("", JobQueueProperties.class);
    }

    /** Returns the names of all, those of queues below {@code defaults}. */
    Set<String> names() {
        return names;
    }

    /** Returns the names of what a queue can have, below the queue. */
    Set<String> ofQueues() {
        return names.stream()
                .filter(name -> name.startsWith(DEFAULTS))
                .map(name -> name.substring(DEFAULTS.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void add(String parent, Class<?> type) {
        RecordComponent @Nullable [] components = type.getRecordComponents();
        if (components == null) { // a native image does not tell
            return;
        }
        for (RecordComponent component : components) {
            String name = parent + DataObjectPropertyName.toDashedForm(component.getName());
            Class<?> part = component.getType();
            if (part.isRecord() && part.getPackage().equals(type.getPackage())) {
                add(name + ".", part);
            } else {
                names.add(name);
            }
        }
    }
}
