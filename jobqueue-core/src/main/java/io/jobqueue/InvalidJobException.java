package io.jobqueue;

import org.jspecify.annotations.Nullable;

/** A request breaks a rule. It was refused before anything was stored; repeating it unchanged is pointless. */
public class InvalidJobException extends JobQueueException {

    private static final long serialVersionUID = 1L;

    /** Says what, which and what to do. */
    public InvalidJobException(String message) {
        super(message);
    }

    /** Says what, which and what to do, and why. */
    public InvalidJobException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
