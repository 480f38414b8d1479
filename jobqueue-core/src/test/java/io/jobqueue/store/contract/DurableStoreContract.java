package io.jobqueue.store.contract;

import io.jobqueue.store.JobStore;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** What a store that can tell what else has a job must do beside {@link JobStoreContract}. */
@Timeout(60)
public abstract class DurableStoreContract implements DurableEnqueueContract {

    private final String queue = "contract-" + UUID.randomUUID();
    private final HeldClock clock = new HeldClock();
    private JobStore store;

    /**
     * Opens the store.
     *
     * @param clock the only clock the store may read for due times, leases and retention
     */
    protected abstract JobStore open(HeldClock clock);

    @BeforeEach
    void open() {
        store = open(clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    public JobStore store() {
        return store;
    }

    @Override
    public HeldClock clock() {
        return clock;
    }

    @Override
    public String queue() {
        return queue;
    }
}
