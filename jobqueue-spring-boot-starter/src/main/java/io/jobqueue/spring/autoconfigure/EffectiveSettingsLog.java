package io.jobqueue.spring.autoconfigure;

import io.jobqueue.engine.EffectiveSetting;
import io.jobqueue.engine.HandlerDefinition;
import io.jobqueue.engine.JobEngine;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes at level debug, when all handlers are known, what holds for every queue and every handler and who has said it. */
final class EffectiveSettingsLog {

    private static final Logger log = LoggerFactory.getLogger(EffectiveSettingsLog.class);

    private final Set<String> configured;
    private final JobEngine engine;

    /** Shows the queues that are {@code configured}, and those that have a handler. */
    EffectiveSettingsLog(Collection<String> configured, JobEngine engine) {
        this.configured = Set.copyOf(configured);
        this.engine = engine;
    }

    void write() {
        if (log.isDebugEnabled()) {
            log.debug("What holds, and who says so:{}", table());
        }
    }

    private String table() {
        StringBuilder table = new StringBuilder();
        Set<String> queues = new TreeSet<>(configured);
        engine.handlers().forEach(handler -> queues.add(handler.queue()));
        queues.forEach(queue -> add(table, "queue '" + queue + "'", engine.settings(queue)));
        engine.handlers().stream()
                .sorted(Comparator.comparing(HandlerDefinition::type))
                .forEach(handler -> add(
                        table,
                        "type '" + handler.type() + "' of queue '" + handler.queue() + "'",
                        engine.settings(handler)));
        return table.toString();
    }

    private static void add(StringBuilder table, String whose, List<EffectiveSetting> settings) {
        table.append(settings.stream()
                .map(setting -> String.format(
                        "%n    %-24s %-32s %s",
                        setting.name(), setting.value() == null ? "none" : setting.value(), setting.source()))
                .collect(Collectors.joining("", System.lineSeparator() + "  " + whose, "")));
    }
}
