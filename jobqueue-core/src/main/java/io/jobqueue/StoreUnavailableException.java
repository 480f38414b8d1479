package io.jobqueue;

import org.jspecify.annotations.Nullable;

/**
 * The store did not answer. Whether the call took effect is {@linkplain #outcome() known or not};
 * repeating it with the same job id is safe either way.
 */
public class StoreUnavailableException extends JobQueueException {

    private static final long serialVersionUID = 1L;

    /** What is known of a call that got no answer. */
    public enum Outcome {
        /** It certainly did not happen. */
        REFUSED,
        /** It may or may not have happened. */
        UNKNOWN
    }

    private final Outcome outcome;

    /** Says what failed, what is known of it, and why. */
    public StoreUnavailableException(String message, Outcome outcome, @Nullable Throwable cause) {
        super(message, cause);
        this.outcome = outcome;
    }

    /** Returns what is known of the call. */
    public Outcome outcome() {
        return outcome;
    }
}
