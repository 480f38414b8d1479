package io.jobqueue.spring.autoconfigure;

import io.jobqueue.EnqueueTiming;

/** What enqueues do with a transaction of the application, unless the request says it. */
public enum TransactionMode {
    /** They are stored when it has committed, and never when it is rolled back. */
    AFTER_COMMIT(EnqueueTiming.AFTER_COMMIT),
    /** They are stored at once. */
    NONE(EnqueueTiming.IMMEDIATE);

    private final EnqueueTiming timing;

    TransactionMode(EnqueueTiming timing) {
        this.timing = timing;
    }

    EnqueueTiming timing() {
        return timing;
    }
}
