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
 */
public record HandlerDefinition(
        String type, String queue, Type payloadType, Handler<?, ?> handler, JobSettings settings, String origin) {

    /** Checks the names.
     *
     * @throws io.jobqueue.InvalidJobException when one is not a name */
    public HandlerDefinition {
        Names.require("type", type);
        Names.require("queue", queue);
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
