package io.jobqueue.engine;

import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.JobTransitions;
import io.jobqueue.store.PurgeRequest;
import io.jobqueue.store.Term;
import java.time.Duration;

/** Removes ended jobs whose retention is over, and those that are too many. */
final class Janitor {

    private static final Duration WHILE_BUSY = Duration.ofMillis(250);
    private static final Duration WHILE_IDLE = Duration.ofSeconds(10);

    private final JobTransitions transitions;
    private final PurgeRequest request;
    private boolean busy;

    Janitor(JobTransitions transitions, RetentionLimits limits) {
        this.transitions = transitions;
        request = new PurgeRequest(
                ExchangeRequest.MOST, limits.maxCompleted(), limits.maxFailed(), limits.maxCancelled());
    }

    Duration purge(Term term) {
        int purged = transitions.purge(term, request);
        boolean before = busy;
        busy = purged > 0;
        if (purged >= ExchangeRequest.MOST) {
            return Duration.ZERO;
        }
        return busy || before ? WHILE_BUSY : WHILE_IDLE; // a full call may have left nothing, and yet more is to come
    }
}
