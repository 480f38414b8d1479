package io.jobqueue.spring.autoconfigure;

import org.jspecify.annotations.Nullable;

/** The store cannot be opened as it is configured. The application does not start. */
class JobStoreStartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String action;

    /** Says what is wrong, without secrets, and what to do about it. */
    JobStoreStartException(String message, String action, @Nullable Throwable cause) {
        super(message, cause);
        this.action = action;
    }

    /** Returns what to do about it. */
    String action() {
        return action;
    }
}
