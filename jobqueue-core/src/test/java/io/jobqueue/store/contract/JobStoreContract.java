package io.jobqueue.store.contract;

import io.jobqueue.store.JobStore;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * Everything a store must do. A binding extends this class and says how the store is opened; the store is
 * opened for every test and closed after it, while the data behind it may outlive the test.
 */
@Timeout(60)
public abstract class JobStoreContract
        implements EnqueueContract,
                DedupContract,
                DedupWindowContract,
                DebounceContract,
                OrderContract,
                PlacementContract,
                ClaimContract,
                ClaimBytesContract,
                SettleContract,
                TokenContract,
                SnoozeContract,
                LeaseContract,
                LostClaimContract,
                AttributeContract,
                LogContract,
                HistoryContract,
                ReapContract,
                StallContract,
                ReconcileContract,
                CancelContract,
                RetentionContract,
                CountLimitContract,
                LeaderContract,
                AuditContract,
                HandOverContract,
                WakeContract,
                ReplyContract,
                EventContract,
                LedgerContract,
                PageContract,
                SearchContract,
                OverviewContract,
                OperationsContract,
                ChangeContract,
                ErasureContract,
                PauseContract,
                TypePauseContract,
                TypeFilterContract,
                TypeRoomContract,
                WorkerPauseContract,
                DirectoryContract,
                NamesContract,
                ConcurrencyContract,
                CloseContract {

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
