package io.jobqueue.store.contract.faulty;

import io.jobqueue.QueueCounts;
import io.jobqueue.store.ClaimToken;
import io.jobqueue.store.Ended;
import io.jobqueue.store.JobLedger;
import io.jobqueue.store.JobSignals;
import io.jobqueue.store.JobStore;
import io.jobqueue.store.SignalListener;
import java.time.Duration;
import java.util.Set;

/** Stores that tell the wrong things. */
final class FaultySignals {

    private FaultySignals() {}

    static class TellsEndsTwice extends FaultyBinding {

        @Override
        JobSignals signals(JobStore right) {
            return new PassedOnSignals(right) {

                @Override
                public Subscription subscribe(String address, Set<String> queues, SignalListener listener) {
                    return right.subscribe(address, queues, new SignalListener() {

                        @Override
                        public void ended(Ended ended) {
                            listener.ended(ended);
                            listener.ended(ended);
                        }

                        @Override
                        public void cancelRequested(String queue, ClaimToken token) {
                            listener.cancelRequested(queue, token);
                        }

                        @Override
                        public void resumed() {
                            listener.resumed();
                        }
                    });
                }
            };
        }
    }

    static class ForgetsNobody extends FaultyBinding {

        @Override
        JobSignals signals(JobStore right) {
            return new PassedOnSignals(right) {

                @Override
                public void forget(String queue, String jobId, String address) {
                    right.forget(queue, jobId, address + "-somebody-else");
                }
            };
        }
    }

    static class WakesNobody extends FaultyBinding {

        @Override
        JobSignals signals(JobStore right) {
            return new PassedOnSignals(right) {

                @Override
                public boolean awaitWork(String queue, Duration atMost) throws InterruptedException {
                    right.awaitWork(queue, Duration.ZERO);
                    return false;
                }
            };
        }
    }

    static class CountsScheduledJobsAsWaiting extends FaultyBinding {

        @Override
        JobLedger ledger(JobStore right) {
            return new PassedOnLedger(right) {

                @Override
                public QueueCounts counts(String queue) {
                    QueueCounts counts = right.counts(queue);
                    return new QueueCounts(
                            queue,
                            0,
                            counts.waiting() + counts.scheduled(),
                            counts.active(),
                            counts.completed(),
                            counts.failed(),
                            counts.cancelled());
                }
            };
        }
    }

    private static class PassedOnSignals implements JobSignals {

        final JobSignals right;

        PassedOnSignals(JobStore store) {
            right = store.signals();
        }

        @Override
        public boolean awaitWork(String queue, Duration atMost) throws InterruptedException {
            return right.awaitWork(queue, atMost);
        }

        @Override
        public void offerWork(String queue) {
            right.offerWork(queue);
        }

        @Override
        public Subscription subscribe(String address, Set<String> queues, SignalListener listener) {
            return right.subscribe(address, queues, listener);
        }

        @Override
        public void forget(String queue, String jobId, String address) {
            right.forget(queue, jobId, address);
        }
    }
}
