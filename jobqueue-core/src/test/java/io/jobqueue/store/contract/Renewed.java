package io.jobqueue.store.contract;

import static io.jobqueue.store.contract.JobDraft.job;

import io.jobqueue.JobState;
import java.time.Duration;
import java.util.List;

/** The ways in which a job that has run begins anew or is gone, so that nothing of its runs may be left. */
public enum Renewed {
    REPLAYED {
        @Override
        void happen(StoreFixture fixture) {
            fixture.operations().replay(fixture.queue(), List.of("a"));
        }
    },
    REPLACED {
        @Override
        void happen(StoreFixture fixture) {
            fixture.enqueue(job("a").replacingFailed());
        }
    },
    REMOVED {
        @Override
        void happen(StoreFixture fixture) {
            fixture.operations().remove(fixture.queue(), "a");
            fixture.enqueue("a");
        }
    },
    CLEANED {
        @Override
        void happen(StoreFixture fixture) {
            fixture.operations().clean(fixture.queue(), JobState.FAILED, Duration.ZERO, 1);
            fixture.enqueue("a");
        }
    },
    PURGED {
        @Override
        void happen(StoreFixture fixture) {
            fixture.pass(StoreFixture.KEPT);
            fixture.purge();
            fixture.enqueue("a");
        }
    },
    OUTLIVED {
        @Override
        void happen(StoreFixture fixture) {
            fixture.pass(StoreFixture.KEPT);
            fixture.enqueue("a");
        }
    },
    OBLITERATED {
        @Override
        void happen(StoreFixture fixture) {
            fixture.operations().obliterate(fixture.queue(), true);
            fixture.enqueue("a");
        }
    };

    /** Lets it happen to the failed job {@code a}, which waits after it. */
    abstract void happen(StoreFixture fixture);
}
