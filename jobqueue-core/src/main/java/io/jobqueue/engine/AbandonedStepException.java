package io.jobqueue.engine;

/** Ends a step on a thread that hung in it for so long that another thread has taken the steps over. */
final class AbandonedStepException extends RuntimeException {

    AbandonedStepException() {
        super("another thread has taken over", null, false, false);
    }
}
