package io.jobqueue.engine;

import io.jobqueue.Placement;

/**
 * Which of the waiting jobs of one priority runs first, unless a request says where it goes. A job that becomes due,
 * is retried or replayed goes to the end in both orders: one that fails again and again must not run before all others.
 */
public enum QueueOrder {
    /** First in, first out. */
    FIFO,
    /** Last in, first out: what was enqueued last runs first. */
    LIFO;

    Placement placement() {
        return this == LIFO ? Placement.FRONT : Placement.END;
    }
}
