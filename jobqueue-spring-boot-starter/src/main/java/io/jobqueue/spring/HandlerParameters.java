package io.jobqueue.spring;

import java.lang.reflect.Type;
import java.util.List;

/**
 * The parameters of a handler method, read once at start.
 *
 * @param payloadType what the payload is read as; {@link Void} when the method takes none
 * @param arguments where each argument comes from, in order
 */
record HandlerParameters(Type payloadType, List<HandlerArgument> arguments) {

    HandlerParameters {
        arguments = List.copyOf(arguments);
    }
}
