package io.jobqueue.engine;

import java.util.function.Supplier;

/**
 * Knows the transactions of the application, so that jobs can wait for them to commit. Thread-safe; what it answers
 * holds for the calling thread.
 */
public interface TransactionBoundary {

    /** An application without transactions. */
    TransactionBoundary NONE = new TransactionBoundary() {
        @Override
        public boolean isOpen() {
            return false;
        }

        @Override
        public DeferredJobs join(Object engine, Supplier<DeferredJobs> begin) {
            throw new IllegalStateException("no transaction is open");
        }
    };

    /** Returns whether the calling thread is in a transaction whose commit can still be waited for. */
    boolean isOpen();

    /**
     * Returns what holds the jobs of an engine back until the transaction of the calling thread has committed. The first
     * call in a transaction takes it from {@code begin}, and whoever implements this calls {@link DeferredJobs#store}
     * after the commit, on the same thread, or drops it after a rollback. A transaction inside of another that is
     * suspended meanwhile has its own. Called only while the transaction {@link #isOpen}.
     *
     * @param engine whose jobs they are, compared by identity
     * @throws IllegalStateException when no transaction is open
     */
    DeferredJobs join(Object engine, Supplier<DeferredJobs> begin);
}
