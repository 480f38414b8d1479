package io.jobqueue;

import org.jspecify.annotations.Nullable;

/** Data cannot be written as JSON, or JSON cannot be read as the type asked for. Trying again gives the same answer. */
public class PayloadException extends InvalidJobException {

    private static final long serialVersionUID = 1L;

    /** Says which type and what is wrong with it; never quotes the data. */
    public PayloadException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
