package io.jobqueue.engine;

import java.util.Set;

/**
 * Which errors of a handler are worth another attempt.
 *
 * @param noRetryFor never these
 * @param retryFor only these, unless it is empty
 */
record RetryableErrors(Set<Class<? extends Throwable>> noRetryFor, Set<Class<? extends Throwable>> retryFor) {

    /** Returns whether {@code error} is; its causes are not looked at. */
    boolean contain(Throwable error) {
        return !isAny(noRetryFor, error) && (retryFor.isEmpty() || isAny(retryFor, error));
    }

    private static boolean isAny(Set<Class<? extends Throwable>> types, Throwable error) {
        return types.stream().anyMatch(type -> type.isInstance(error));
    }
}
