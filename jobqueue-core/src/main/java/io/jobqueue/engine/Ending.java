package io.jobqueue.engine;

import io.jobqueue.store.Settlement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the run of a job was decided to end. The links and marks at its end belong to whoever holds it:
 * {@link Outcomes}, then {@link Settlements}.
 */
final class Ending {

    private final RunningJob job;
    private final @Nullable Settlement settlement;
    private final Duration ran;
    private @Nullable Ending next;
    private boolean told;

    /**
     * @param settlement what the store is told; null when the claim is no longer ours and there is nothing to tell
     * @param ran how long the attempt took
     */
    Ending(RunningJob job, @Nullable Settlement settlement, Duration ran) {
        this.job = job;
        this.settlement = settlement;
        this.ran = ran;
    }

    RunningJob job() {
        return job;
    }

    @Nullable
    Settlement settlement() {
        return settlement;
    }

    Duration ran() {
        return ran;
    }

    @Nullable
    Ending next() {
        return next;
    }

    void link(@Nullable Ending next) {
        this.next = next;
    }

    /** Returns whether a call has told the store before, without an answer. */
    boolean wasTold() {
        return told;
    }

    void markTold() {
        told = true;
    }
}
