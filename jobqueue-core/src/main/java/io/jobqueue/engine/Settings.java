package io.jobqueue.engine;

import io.jobqueue.Durability;
import io.jobqueue.Placement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The settings of all queues of an engine and who goes first: the queue's own, the handler's, the defaults,
 * the built-in ones.
 */
final class Settings {

    private final QueueSettings given;
    private final QueueSettings defaults;
    private final Map<String, QueueSettings> own;

    Settings(QueueSettings defaults, Map<String, QueueSettings> own) {
        given = defaults;
        this.defaults = defaults.orElse(QueueSettings.BUILT_IN);
        this.own = Map.copyOf(own);
    }

    /** Returns what holds for the queue as a whole; only the timeout may be open. */
    QueueSettings of(String queue) {
        return own(queue).orElse(defaults);
    }

    /** Returns how jobs of a type without a handler, or before it is known, are treated. */
    JobRules rules(String queue) {
        return JobRules.of(of(queue).jobs());
    }

    /** Returns how jobs of the handler run when they come from {@code queue}. */
    JobRules rules(String queue, HandlerDefinition handler) {
        return JobRules.of(own(queue).jobs().orElse(handler.settings()).orElse(defaults.jobs()));
    }

    /** Returns every setting of a queue and who has said it. */
    List<EffectiveSetting> report(String queue) {
        return SettingsReport.ofQueue(own(queue), given);
    }

    /** Returns every setting of the jobs of a handler and who has said it. */
    List<EffectiveSetting> report(HandlerDefinition handler) {
        return SettingsReport.ofHandler(own(handler.queue()).jobs(), handler.settings(), given.jobs());
    }

    /** Returns where the jobs of a queue go that do not say it themselves. */
    Placement placement(String queue) {
        QueueOrder order = own(queue).order();
        return (order != null ? order : Objects.requireNonNull(defaults.order())).placement();
    }

    /** Returns everything that the defaults or some queue ask to have a job, beside the store. */
    Set<Durability> durabilities() {
        return Stream.concat(Stream.of(defaults), own.values().stream())
                .map(queue -> queue.durability().durability())
                .filter(asked -> asked != null && !asked.equals(Durability.NONE))
                .map(Objects::requireNonNull)
                .collect(Collectors.toSet());
    }

    /** Returns in how many partitions a queue is. */
    int partitions(String queue) {
        Integer own = own(queue).partitions();
        return own != null ? own : Objects.requireNonNull(defaults.partitions());
    }

    private QueueSettings own(String queue) {
        return own.getOrDefault(queue, QueueSettings.NONE);
    }
}
