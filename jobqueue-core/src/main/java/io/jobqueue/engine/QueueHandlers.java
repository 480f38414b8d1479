package io.jobqueue.engine;

import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which handler runs a job of one queue, and by which rules. Every handler of the process is asked, whatever
 * queue it was registered for: what was enqueued here is run here.
 */
final class QueueHandlers {

    private final String queue;
    private final Map<String, BoundHandler> byType;
    private final JobRules rulesWithoutHandler;

    QueueHandlers(String queue, Collection<HandlerDefinition> handlers, Settings settings) {
        this.queue = queue;
        byType = handlers.stream()
                .map(handler -> new BoundHandler(handler, settings.rules(queue, handler)))
                .collect(
                        Collectors.toUnmodifiableMap(bound -> bound.definition().type(), Function.identity()));
        rulesWithoutHandler = settings.rules(queue);
    }

    String queue() {
        return queue;
    }

    /** Returns the handler of a type, or null when there is none. */
    @Nullable
    BoundHandler find(String type) {
        return byType.get(type);
    }

    /** Returns the rules for a job, the request's wishes included. */
    JobRules rules(RunningJob job) {
        BoundHandler handler = find(job.type());
        JobRules rules = handler == null ? rulesWithoutHandler : handler.rules();
        return rules.with(job.claim().spec().options());
    }
}
