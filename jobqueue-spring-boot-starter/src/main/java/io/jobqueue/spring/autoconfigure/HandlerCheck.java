package io.jobqueue.spring.autoconfigure;

import io.jobqueue.engine.HandlerDefinition;
import io.jobqueue.engine.JobEngine;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns, when all handlers are known, of a process that runs no jobs, and of types it claims without a handler. */
final class HandlerCheck {

    private static final Logger log = LoggerFactory.getLogger(HandlerCheck.class);

    private final JobQueueProperties properties;
    private final JobEngine engine;

    HandlerCheck(JobQueueProperties properties, JobEngine engine) {
        this.properties = properties;
        this.engine = engine;
    }

    void warn() {
        if (engine.handlers().isEmpty()) {
            log.warn(
                    "There is no job handler, so this process runs no jobs. A @JobHandler method is found on a bean, such"
                            + " as a class marked @Component. If this process only enqueues, set jobqueue.worker.enabled=false");
        }
        unhandled().forEach(log::warn);
    }

    /** A handler that is left out is no misspelling: types divide the handlers of one application among its processes. */
    private Stream<String> unhandled() {
        Set<String> handled =
                engine.handlers().stream().map(HandlerDefinition::type).collect(Collectors.toSet());
        return engine.handlers().stream()
                .map(HandlerDefinition::queue)
                .sorted()
                .map(this::limit)
                .distinct()
                .flatMap(limit -> limit.unhandled(handled));
    }

    private Limit limit(String queue) {
        JobQueueProperties.Queue own = properties.queues().get(queue);
        return own != null && own.types() != null
                ? Limit.of(QueuePath.of(queue), own)
                : Limit.of("jobqueue.defaults", properties.defaults());
    }

    /**
     * The types that queues are limited to.
     *
     * @param path what says so
     * @param types none when there is no limit
     */
    private record Limit(String path, Set<String> types) {

        static Limit of(String path, JobQueueProperties.Queue queue) {
            return new Limit(path + ".types", queue.types() == null ? Set.of() : queue.types());
        }

        Stream<String> unhandled(Set<String> handled) {
            Set<String> leftOut = new TreeSet<>(handled);
            leftOut.removeAll(types);
            return types.stream()
                    .filter(type -> !handled.contains(type))
                    .sorted()
                    .map(type -> path + ": no handler of this process takes jobs of type '" + type + "'"
                            + ClosestName.to(type, leftOut)
                                    .map(meant -> ", and those of type '" + meant + "' are not claimed; did you mean '"
                                            + meant + "'?")
                                    .orElse(""));
        }
    }
}
