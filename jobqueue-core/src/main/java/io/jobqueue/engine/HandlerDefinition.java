package io.jobqueue.engine;

import io.jobqueue.Handler;
import io.jobqueue.Names;
import java.lang.reflect.Type;

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
 */
public record HandlerDefinition(
        String type,
        String queue,
        Type payloadType,
        Handler<?, ?> handler,
        JobSettings settings,
        String origin,
        int version) {

    /** Checks the names and the version.
     *
     * @throws io.jobqueue.InvalidJobException when one is not a name, or the version is below 1 */
    public HandlerDefinition {
        Names.require("type", type);
        Names.require("queue", queue);
        PayloadVersions.require(origin, version);
    }

    /**
     * Reads the version that the {@link io.jobqueue.JobType} of the payload's class says, else version 1.
     *
     * @throws io.jobqueue.InvalidJobException when a name is not one
     */
    public HandlerDefinition(
            String type, String queue, Type payloadType, Handler<?, ?> handler, JobSettings settings, String origin) {
        this(type, queue, payloadType, handler, settings, origin, PayloadVersions.of(payloadType));
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
