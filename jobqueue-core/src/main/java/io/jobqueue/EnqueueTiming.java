package io.jobqueue;

/** When an enqueue inside a transaction of the application stores its job. Without a transaction it always does at once. */
public enum EnqueueTiming {
    /** When the transaction has committed; never when it is rolled back. */
    AFTER_COMMIT,
    /** At once, whatever becomes of the transaction. */
    IMMEDIATE
}
