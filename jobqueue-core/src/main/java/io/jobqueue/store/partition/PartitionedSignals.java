package io.jobqueue.store.partition;

import io.jobqueue.store.ClaimToken;
import io.jobqueue.store.Ended;
import io.jobqueue.store.JobSignals;
import io.jobqueue.store.Partition;
import io.jobqueue.store.SignalListener;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Passes hints on; the ends of jobs are told by the names of their queues, the rest by those of the partitions. */
final class PartitionedSignals implements JobSignals {

    private final JobSignals signals;
    private final Places places;

    PartitionedSignals(JobSignals signals, Places places) {
        this.signals = signals;
        this.places = places;
    }

    @Override
    public boolean awaitWork(String queue, Duration atMost) throws InterruptedException {
        return signals.awaitWork(queue, atMost);
    }

    @Override
    public void offerWork(String queue) {
        signals.offerWork(queue);
    }

    @Override
    public Subscription subscribe(String address, Set<String> queues, SignalListener listener) {
        return signals.subscribe(address, queues, new Renaming(listener));
    }

    @Override
    public void forget(String queue, String jobId, String address) {
        places.of(queue, List.of(jobId)).forEach(partition -> signals.forget(partition, jobId, address));
    }

    /** Tells of ended jobs as the application knows them. */
    private record Renaming(SignalListener listener) implements SignalListener {

        @Override
        public void ended(Ended ended) {
            listener.ended(new Ended(Partition.queueOf(ended.queue()), ended.jobId(), ended.outcome()));
        }

        @Override
        public void cancelRequested(String queue, ClaimToken token) {
            listener.cancelRequested(queue, token);
        }

        @Override
        public void resumed() {
            listener.resumed();
        }
    }
}
