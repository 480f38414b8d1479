package io.jobqueue;

/**
 * Something in the store is not what jobqueue keeps there, because another program wrote over it. The message names it
 * and says what to do. The step was not taken; queues other than the one named go on.
 */
public final class DamagedStoreException extends JobQueueException {

    private static final long serialVersionUID = 1L;

    /** Says what, where and what to do. */
    public DamagedStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
