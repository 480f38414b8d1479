package io.jobqueue;

import org.jspecify.annotations.Nullable;

/** Whatever the job queue refuses or cannot do. Unchecked; the subclasses say which. */
public class JobQueueException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Says what, which and what to do. */
    public JobQueueException(String message) {
        super(message);
    }

    /** Says what, which and what to do, and why. */
    public JobQueueException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
