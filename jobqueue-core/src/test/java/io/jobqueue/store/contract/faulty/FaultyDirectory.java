package io.jobqueue.store.contract.faulty;

import io.jobqueue.LiveWorker;
import io.jobqueue.store.ExchangeAnswer;
import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.JobStore;
import io.jobqueue.store.JobTransitions;
import io.jobqueue.store.WorkerDirectory;
import java.util.List;
import java.util.Set;

/** Stores that know their workers wrongly. */
final class FaultyDirectory {

    private FaultyDirectory() {}

    static class CountsOnlyTheJobsItNames extends FaultyBinding {

        @Override
        WorkerDirectory workers(JobStore right) {
            return new PassedOnDirectory(right) {

                @Override
                public List<LiveWorker> live(String queue) {
                    return right.live(queue).stream()
                            .map(worker -> new LiveWorker(
                                    worker.name(),
                                    worker.queue(),
                                    worker.since(),
                                    worker.leaseUntil(),
                                    worker.jobs().size(),
                                    worker.jobs()))
                            .toList();
                }
            };
        }
    }

    static class PausesTheWholeQueueForAWorker extends FaultyBinding {

        @Override
        WorkerDirectory workers(JobStore right) {
            return new PassedOnDirectory(right) {

                @Override
                public void pause(String queue, String worker) {
                    right.pause(queue, worker);
                    store.operations().pause(queue, null);
                }
            };
        }
    }

    static class DoesNotTellThatAWorkerIsPaused extends FaultyBinding {

        @Override
        JobTransitions transitions(JobStore right) {
            return new PassedOnTransitions(right) {

                @Override
                public ExchangeAnswer exchange(ExchangeRequest request) {
                    ExchangeAnswer answer = right.exchange(request);
                    return new ExchangeAnswer(
                            answer.sessionLost(),
                            answer.settled(),
                            answer.claims(),
                            false,
                            answer.nextDue(),
                            answer.at());
                }
            };
        }
    }

    /** Passes every call on to a right store; a fault overrides the one it gets wrong. */
    private static class PassedOnDirectory implements WorkerDirectory {

        final JobStore store;
        final WorkerDirectory right;

        PassedOnDirectory(JobStore store) {
            this.store = store;
            this.right = store.workers();
        }

        @Override
        public List<LiveWorker> live(String queue) {
            return right.live(queue);
        }

        @Override
        public void pause(String queue, String worker) {
            right.pause(queue, worker);
        }

        @Override
        public void resume(String queue, String worker) {
            right.resume(queue, worker);
        }

        @Override
        public Set<String> paused(String queue) {
            return right.paused(queue);
        }
    }
}
