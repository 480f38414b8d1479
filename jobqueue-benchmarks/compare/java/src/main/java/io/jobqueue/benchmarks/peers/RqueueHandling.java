package io.jobqueue.benchmarks.peers;

import com.github.sonus21.rqueue.annotation.RqueueListener;
import io.jobqueue.benchmarks.driver.Peer;

/** A listener that hands payloads on. */
class RqueueHandling {

    private final Peer.Handler handler;

    RqueueHandling(Peer.Handler handler) {
        this.handler = handler;
    }

    /** Handles one job. */
    @RqueueListener(value = "${bench.queue}", concurrency = "${bench.slots}", batchSize = "${bench.slots}")
    public void handle(RqueueJob job) {
        handler.handle(job.payload());
    }
}
