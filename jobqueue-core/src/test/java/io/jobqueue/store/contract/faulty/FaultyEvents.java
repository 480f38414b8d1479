package io.jobqueue.store.contract.faulty;

import io.jobqueue.store.EventPage;
import io.jobqueue.store.JobEvents;
import io.jobqueue.store.JobSignals.Subscription;
import io.jobqueue.store.JobStore;
import io.jobqueue.store.Watch;
import java.time.Duration;

/** Stores that tell of events wrongly. */
final class FaultyEvents {

    private FaultyEvents() {}

    static class TellsTheLastKnownEventAgain extends FaultyBinding {

        @Override
        JobEvents events(JobStore right) {
            return new PassedOnEvents(right.events()) {

                @Override
                public EventPage since(String queue, long sequence, int limit) {
                    return right.since(queue, Math.max(0, sequence - 1), limit);
                }
            };
        }
    }

    static class HidesWhatWasMissed extends FaultyBinding {

        @Override
        JobEvents events(JobStore right) {
            return new PassedOnEvents(right.events()) {

                @Override
                public EventPage since(String queue, long sequence, int limit) {
                    EventPage page = right.since(queue, sequence, limit);
                    return new EventPage(page.events(), 0, page.last(), page.more());
                }
            };
        }
    }

    static class WatchesTooLong extends FaultyBinding {

        @Override
        JobEvents events(JobStore right) {
            return new PassedOnEvents(right.events()) {

                @Override
                public Watch watch(String queue, Duration hold) {
                    return right.watch(queue, hold.plusMillis(1));
                }
            };
        }
    }

    static class GivesNoHints extends FaultyBinding {

        @Override
        JobEvents events(JobStore right) {
            return new PassedOnEvents(right.events()) {

                @Override
                public Subscription subscribe(String queue, Runnable hint) {
                    return () -> {};
                }
            };
        }
    }

    /** Passes every call on to a right store; a fault overrides the one it gets wrong. */
    private static class PassedOnEvents implements JobEvents {

        final JobEvents right;

        PassedOnEvents(JobEvents right) {
            this.right = right;
        }

        @Override
        public Watch watch(String queue, Duration hold) {
            return right.watch(queue, hold);
        }

        @Override
        public EventPage since(String queue, long sequence, int limit) {
            return right.since(queue, sequence, limit);
        }

        @Override
        public Subscription subscribe(String queue, Runnable hint) {
            return right.subscribe(queue, hint);
        }
    }
}
