package io.jobqueue.engine;

import io.jobqueue.store.ClaimToken;
import io.jobqueue.store.Ended;
import io.jobqueue.store.SignalListener;
import java.util.Map;

/** Passes requests to cancel a running job on to the worker that may be running it. */
final class CancelListener implements SignalListener {

    private final Map<String, Worker> workers;
    private final Runnable renewNow;

    /**
     * Knows the workers by their partitions; there may be more later.
     *
     * @param renewNow renews all leases, which tells of every request that stands
     */
    CancelListener(Map<String, Worker> workers, Runnable renewNow) {
        this.workers = workers;
        this.renewNow = renewNow;
    }

    @Override
    public void cancelRequested(String partition, ClaimToken token) {
        Worker worker = workers.get(partition);
        if (worker != null) {
            worker.lease().current().cancel(token);
        }
    }

    @Override
    public void ended(Ended ended) {
        // Nobody is told at this address: no job is enqueued with it.
    }

    @Override
    public void resumed() {
        renewNow.run();
    }
}
