package io.jobqueue.engine;

import java.time.Duration;

/** The handler outlived its timeout: what a retry policy gets to see. */
final class AttemptTimeout extends Exception {

    private static final long serialVersionUID = 1L;

    AttemptTimeout(Duration timeout) {
        super("the handler did not end within its timeout " + timeout, null, false, false);
    }
}
