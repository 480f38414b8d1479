package io.jobqueue.engine;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A transaction that a test begins and ends by hand. */
final class OpenTransaction implements TransactionBoundary {

    private boolean open;
    private @Nullable DeferredJobs jobs;

    void begin() {
        open = true;
        jobs = null;
    }

    /** Commits, and stores what was held back. */
    void commit() {
        open = false;
        if (jobs != null) {
            jobs.store();
        }
    }

    void rollBack() {
        open = false;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public DeferredJobs join(Object engine, Supplier<DeferredJobs> begin) {
        if (jobs == null) {
            jobs = begin.get();
        }
        return jobs;
    }

    DeferredJobs jobs() {
        if (jobs == null) {
            throw new AssertionError("nothing was held back");
        }
        return jobs;
    }
}
