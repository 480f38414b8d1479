package io.jobqueue.store;

import java.util.Optional;

/**
 * Where jobs live. A store is a set of roles over the same data; each role says what it promises.
 *
 * <p>All roles are thread-safe. A call that gets no answer throws
 * {@link io.jobqueue.StoreUnavailableException}, whose outcome says whether it may have happened; every
 * method says whether repeating it is safe. The store's clock decides due times and leases.
 */
public interface JobStore extends AutoCloseable {

    /** Returns the role that moves jobs through their life. */
    JobTransitions transitions();

    /**
     * Returns the role that stores jobs more durably than the store does by itself; empty for a store that cannot tell
     * what else has a job.
     */
    Optional<DurableEnqueue> durableEnqueue();

    /** Returns the role that keeps what runs leave with their jobs. */
    JobNotes notes();

    /** Returns the role that knows the workers. */
    WorkerDirectory workers();

    /** Returns the role that reads jobs. */
    JobLedger ledger();

    /** Returns the role that does what an operator does by hand. */
    JobOperations operations();

    /** Returns the role that tells what happens to jobs. */
    JobEvents events();

    /** Returns the role that elects who does the maintenance. */
    LeaderLock leaderLock();

    /** Returns the role that passes hints between processes. */
    JobSignals signals();

    /**
     * Asks the store who it is.
     *
     * @throws io.jobqueue.StoreUnavailableException when it does not answer
     * @throws io.jobqueue.UnsuitableStoreException when it must not keep jobs
     */
    StoreInfo info();

    /** Ends every wait and subscription and gives back what the store opened itself. Repeating is harmless. */
    @Override
    void close();
}
