package io.jobqueue.store;

import io.jobqueue.JobQueueException;

/** A leader's write was refused because its term is over. Nothing changed; resign. */
public final class StaleTermException extends JobQueueException {

    private static final long serialVersionUID = 1L;

    /** Tells which term. */
    public StaleTermException(Term term) {
        super("queue '" + term.queue() + "': term " + term.number() + " is over, nothing was changed");
    }
}
