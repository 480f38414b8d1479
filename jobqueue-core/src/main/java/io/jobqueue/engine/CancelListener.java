package io.jobqueue.engine;

import io.jobqueue.store.ClaimToken;
import io.jobqueue.store.Ended;
import io.jobqueue.store.SignalListener;
import java.util.Map;

/** Passes requests to cancel a running job on to the worker that may be running it. */
final class CancelListener implements SignalListener {

    private final Map<String, Worker> workers;

    /** Knows the workers by their queues. */
    CancelListener(Map<String, Worker> workers) {
        this.workers = Map.copyOf(workers);
    }

    @Override
    public void cancelRequested(String queue, ClaimToken token) {
        Worker worker = workers.get(queue);
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
        // A request that was missed comes with the next renewal.
    }
}
