package io.jobqueue.spring.event;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what listeners throw: the first failure of each, and the others at level debug. For one thread. */
final class ListenerFailures {

    private static final Logger log = LoggerFactory.getLogger(ListenerFailures.class);

    private static final String PUBLISHING = "org.springframework.context.event.";

    private final Set<String> known = new HashSet<>();

    void add(Object event, Throwable failure) {
        String listener = listener(failure);
        if (known.add(listener)) {
            log.warn(
                    "Application listener {} failed with a {}; jobs go on, and its further failures are logged at level"
                            + " debug",
                    listener,
                    event.getClass().getSimpleName(),
                    failure);
        } else {
            log.debug("Application listener {} failed with {}", listener, event, failure);
        }
    }

    private static String listener(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String called = calledByPublishing(cause.getStackTrace());
            if (called != null) {
                return called;
            }
        }
        return "without a name";
    }

    /** Returns the method of the application that Spring's publishing has called; null when the stack does not say. */
    private static @Nullable String calledByPublishing(StackTraceElement[] stack) {
        String called = null;
        for (StackTraceElement frame : stack) {
            if (frame.getClassName().startsWith(PUBLISHING)) {
                return called;
            }
            if (!isBetween(frame.getClassName())) {
                called = frame.getClassName() + "." + frame.getMethodName();
            }
        }
        return null;
    }

    private static boolean isBetween(String className) {
        return className.startsWith("java.")
                || className.startsWith("jdk.")
                || className.startsWith("org.springframework.");
    }
}
