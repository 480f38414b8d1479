package io.jobqueue.engine;

import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.JobTransitions;
import io.jobqueue.store.Promotion;
import io.jobqueue.store.Term;
import java.time.Duration;

/** Makes scheduled jobs wait for a worker when their time has come. */
final class Promoter {

    /** A call that holds the store for long holds up everybody, and the next one follows at once. */
    private static final int MOST = ExchangeRequest.MOST_PROMOTED;

    /** A job scheduled meanwhile may be due earlier than all that were known. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private static final Duration SHORTEST_WAIT = Duration.ofMillis(1);

    private final JobTransitions transitions;

    Promoter(JobTransitions transitions) {
        this.transitions = transitions;
    }

    Duration promote(Term term) {
        Promotion promotion = transitions.promote(term, MOST);
        if (promotion.promoted() >= MOST) {
            return Duration.ZERO;
        }
        Duration nextDue = promotion.nextDue();
        if (nextDue == null || nextDue.compareTo(LONGEST_WAIT) > 0) {
            return LONGEST_WAIT;
        }
        return nextDue.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : nextDue;
    }
}
