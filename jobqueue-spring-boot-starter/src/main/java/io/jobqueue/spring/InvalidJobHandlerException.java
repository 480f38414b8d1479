package io.jobqueue.spring;

import org.jspecify.annotations.Nullable;

/** A {@link JobHandler} method cannot be used. The application does not start. */
public class InvalidJobHandlerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String action;

    /** Says which method is wrong and why, and what to do about it. */
    public InvalidJobHandlerException(String message, String action, @Nullable Throwable cause) {
        super(message, cause);
        this.action = action;
    }

    /** Returns what to do about it. */
    public String action() {
        return action;
    }
}
