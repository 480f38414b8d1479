package io.jobqueue.spring.autoconfigure;

import io.jobqueue.JobQueue;
import io.jobqueue.engine.EffectiveSetting.Source;
import io.jobqueue.engine.HandlerDefinition;
import io.jobqueue.engine.JobEngine;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares, when all handlers are known, the queues they claim from with the configured ones: likely misspellings. */
final class ConfiguredQueueCheck {

    private static final Logger log = LoggerFactory.getLogger(ConfiguredQueueCheck.class);

    private final Map<String, JobQueueProperties.Queue> queues;
    private final JobEngine engine;

    /** @param queues what is under {@code jobqueue.queues} */
    ConfiguredQueueCheck(Map<String, JobQueueProperties.Queue> queues, JobEngine engine) {
        this.queues = new TreeMap<>(queues);
        this.engine = engine;
    }

    /** Warns of configured queues that no handler claims from. */
    void warn() {
        unhandled().forEach(log::warn);
    }

    /**
     * Accepts no queue that is known to one side only.
     *
     * @throws UnknownQueueException naming all of them
     */
    void require() {
        List<String> unknown = Stream.concat(unhandled(), unconfigured()).toList();
        if (!unknown.isEmpty()) {
            throw new UnknownQueueException(unknown);
        }
    }

    private Stream<String> unhandled() {
        Set<String> handled =
                engine.handlers().stream().map(HandlerDefinition::queue).collect(Collectors.toSet());
        return queues.entrySet().stream()
                .filter(configured -> !handled.contains(configured.getKey()))
                .filter(configured -> !isForEnqueueing(configured.getValue()))
                .map(Map.Entry::getKey)
                .map(queue -> QueuePath.of(queue)
                        + ": has no effect, because no handler of this process claims from the queue '" + queue + "'"
                        + meant(queue, handled));
    }

    /** Whether it says how jobs are enqueued, which holds in a process that leaves their handling to another. */
    private static boolean isForEnqueueing(JobQueueProperties.Queue queue) {
        return queue.order() != null
                || queue.partitions() != null
                || queue.durability() != null
                || queue.durabilityTimeout() != null;
    }

    private Stream<String> unconfigured() {
        return engine.handlers().stream()
                .filter(handler -> !handler.queue().equals(JobQueue.DEFAULT_QUEUE))
                .filter(handler -> engine.settings(handler.queue()).stream()
                        .noneMatch(setting -> setting.source() == Source.QUEUE))
                .map(handler -> handler.origin() + ": claims from the queue '" + handler.queue()
                        + "', which is not configured" + meant(handler.queue(), queues.keySet()))
                .sorted();
    }

    private static String meant(String queue, Collection<String> candidates) {
        return ClosestName.to(queue, candidates)
                .map(close -> "; did you mean '" + close + "'?")
                .orElse("");
    }
}
