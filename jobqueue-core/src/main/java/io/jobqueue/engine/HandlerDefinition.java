package io.jobqueue.engine;

import io.jobqueue.Handler;
import io.jobqueue.InvalidJobException;
import io.jobqueue.Names;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * A handler and what it handles.
 *
 * @param type the job type
 * @param queue the queue a worker of this process claims from for it
 * @param payloadType what the payload is read as; the stored bytes have no say in it
 * @param handler the user code
 * @param settings how its jobs run where neither the request nor the queue's own settings say it
 * @param origin where it is declared, for messages: a method or class name
 * @param version the version of the type's format that {@code payloadType} reads, from 1; an older payload is
 *     brought to it by {@link io.jobqueue.PayloadUpcaster}s, a newer one is left to another process
 * @param concurrency how many jobs of the type this process runs at once, within the slots of their queue; null for as
 *     many as these
 * @param autoStartup whether its jobs are claimed from the start; else from {@link JobEngine#resumeHandler} on
 */
public record HandlerDefinition(
        String type,
        String queue,
        Type payloadType,
        Handler<?, ?> handler,
        JobSettings settings,
        String origin,
        int version,
        @Nullable Integer concurrency,
        boolean autoStartup) {

    /** Checks the names, the version and the concurrency.
     *
     * @throws InvalidJobException when one is not a name, or a number is out of bounds */
    public HandlerDefinition {
        Names.require("type", type);
        Names.require("queue", queue);
        PayloadVersions.require(origin, version);
        if (concurrency != null && (concurrency < 1 || concurrency > QueueSettings.MOST_CONCURRENT)) {
            throw new InvalidJobException(
                    "concurrency " + concurrency + ": must be 1 to " + QueueSettings.MOST_CONCURRENT);
        }
    }

    /**
     * Runs as many jobs at once as the queue has slots, from the start.
     *
     * @throws InvalidJobException when one is not a name, or the version is below 1
     */
    public HandlerDefinition(
            String type,
            String queue,
            Type payloadType,
            Handler<?, ?> handler,
            JobSettings settings,
            String origin,
            int version) {
        this(type, queue, payloadType, handler, settings, origin, version, null, true);
    }

    /**
     * Reads the version that the {@link io.jobqueue.JobType} of the payload's class says, else version 1.
     *
     * @throws InvalidJobException when a name is not one
     */
    public HandlerDefinition(
            String type, String queue, Type payloadType, Handler<?, ?> handler, JobSettings settings, String origin) {
        this(type, queue, payloadType, handler, settings, origin, PayloadVersions.of(payloadType));
    }

    /**
     * Returns this definition with slots of its own.
     *
     * @param concurrency see there
     * @throws InvalidJobException when it is out of bounds
     */
    public HandlerDefinition withConcurrency(@Nullable Integer concurrency) {
        return new HandlerDefinition(
                type, queue, payloadType, handler, settings, origin, version, concurrency, autoStartup);
    }

    /**
     * Returns this definition with another start.
     *
     * @param autoStartup see there
     */
    public HandlerDefinition withAutoStartup(boolean autoStartup) {
        return new HandlerDefinition(
                type, queue, payloadType, handler, settings, origin, version, concurrency, autoStartup);
    }

    /** Returns a definition without settings of its own. */
    public static <P> HandlerDefinition of(String type, String queue, Class<P> payloadType, Handler<P, ?> handler) {
        return new HandlerDefinition(
                type,
                queue,
                payloadType,
                handler,
                JobSettings.NONE,
                handler.getClass().getName());
    }
}
