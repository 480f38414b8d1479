package io.jobqueue.engine;

import io.jobqueue.store.StaleTermException;
import io.jobqueue.store.Term;
import java.time.Duration;
import java.util.Optional;

/** A step of maintenance that only the leader takes. */
final class LeaderDuty implements Periodic {

    /** What the leader does. */
    @FunctionalInterface
    interface Step {

        /** Does it once and answers how long the next time can wait. */
        Duration take(Term term);
    }

    private static final Duration UNTIL_LEADER = Duration.ofMillis(500);

    private final Leadership leadership;
    private final Step step;

    LeaderDuty(Leadership leadership, Step step) {
        this.leadership = leadership;
        this.step = step;
    }

    @Override
    public Duration poll() {
        Optional<Term> term = leadership.term();
        if (term.isEmpty()) {
            return UNTIL_LEADER;
        }
        try {
            return step.take(term.get());
        } catch (StaleTermException e) {
            leadership.resign();
            return UNTIL_LEADER;
        }
    }
}
