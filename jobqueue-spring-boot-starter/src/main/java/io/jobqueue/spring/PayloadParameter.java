package io.jobqueue.spring;

import java.lang.reflect.Type;

/**
 * The payload parameter of a handler method.
 *
 * @param type what the payload is read as
 * @param argument what the method is given
 */
record PayloadParameter(Type type, HandlerArgument argument) {}
