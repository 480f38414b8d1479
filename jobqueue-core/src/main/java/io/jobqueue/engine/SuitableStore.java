package io.jobqueue.engine;

import io.jobqueue.JobQueueException;
import io.jobqueue.UnsuitableStoreException;
import io.jobqueue.store.JobStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a store who it is before anything is claimed from it. */
final class SuitableStore {

    private static final Logger log = LoggerFactory.getLogger(SuitableStore.class);

    private SuitableStore() {}

    /** Throws {@link UnsuitableStoreException} when the store must not keep jobs; one that does not answer may yet be. */
    static void require(JobStore store) {
        try {
            store.info();
        } catch (UnsuitableStoreException e) {
            throw e;
        } catch (JobQueueException e) {
            log.debug("The store is not asked who it is, the workers wait for it", e);
        }
    }
}
