package io.jobqueue.spring;

import io.jobqueue.Names;
import io.jobqueue.engine.HandlerDefinition;
import io.jobqueue.engine.JobEngine;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The handlers of this process, by id: {@link JobHandler#id}, or {@code jobHandler#} and a number for handlers that
 * declare none. Complete once all singletons exist. Thread-safe.
 */
public final class JobHandlerRegistry {

    private static final String GENERATED = "jobHandler#";

    private final JobEngine engine;
    private final Map<String, HandlerDefinition> handlers = new LinkedHashMap<>();

    /** Shows and steers the handlers of {@code engine}. */
    public JobHandlerRegistry(JobEngine engine) {
        this.engine = engine;
    }

    /** Returns all handlers as they are now, in the order of their registration; unmodifiable. */
    public synchronized Collection<RegisteredHandler> handlers() {
        return handlers.entrySet().stream()
                .map(handler -> shown(handler.getKey(), handler.getValue()))
                .toList();
    }

    /**
     * Returns one handler as it is now.
     *
     * @throws NoSuchElementException when there is none of that id; the message names the ids there are
     */
    public RegisteredHandler handler(String id) {
        return shown(id, definition(id));
    }

    /**
     * Claims no more jobs of the handler in this process; those it has claimed go on, and a call of the store that is
     * under way may still bring some. Other processes go on to claim.
     * Holds until {@link #resume} or the end of the process. Repeating is harmless.
     *
     * @throws NoSuchElementException when there is none of that id; the message names the ids there are
     */
    public void pause(String id) {
        engine.pauseHandler(definition(id).type());
    }

    /**
     * Claims jobs of the handler again, at once. Does nothing when it is not paused.
     *
     * @throws NoSuchElementException when there is none of that id; the message names the ids there are
     */
    public void resume(String id) {
        engine.resumeHandler(definition(id).type());
    }

    /** Adds a handler of the engine; one without an id of its own is given one. */
    synchronized void add(@Nullable String id, HandlerDefinition definition) {
        HandlerDefinition first = handlers.putIfAbsent(id != null ? id : generated(), definition);
        if (first != null) {
            throw new InvalidJobHandlerException(
                    "the id '" + id + "' is that of two handlers, " + first.origin() + " and " + definition.origin(),
                    "Give one of the handlers another id, or none.",
                    null);
        }
    }

    private String generated() {
        int number = handlers.size();
        while (handlers.containsKey(GENERATED + number)) {
            number++;
        }
        return GENERATED + number;
    }

    private synchronized HandlerDefinition definition(String id) {
        HandlerDefinition definition = handlers.get(id);
        if (definition == null) {
            throw new NoSuchElementException(
                    "no handler has the id '" + Names.shown(id) + "'; the ids are " + handlers.keySet());
        }
        return definition;
    }

    private RegisteredHandler shown(String id, HandlerDefinition definition) {
        return new RegisteredHandler(
                id,
                definition.type(),
                definition.queue(),
                definition.origin(),
                definition.concurrency(),
                engine.isHandlerPaused(definition.type()));
    }
}
