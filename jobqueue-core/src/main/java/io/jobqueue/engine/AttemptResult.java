package io.jobqueue.engine;

import io.jobqueue.JobErrorHandler.Outcome;
import org.jspecify.annotations.Nullable;

/** How an attempt came to its end by itself. */
sealed interface AttemptResult {

    /** Returns why the attempt failed; null when it did not, or was not made. */
    default @Nullable Throwable failure() {
        return null;
    }

    /**
     * The handler returned.
     *
     * @param result JSON bytes, or null when it returned nothing
     */
    record Returned(byte @Nullable [] result) implements AttemptResult {}

    /**
     * The attempt failed; another may do better.
     *
     * @param error why
     */
    record Threw(Throwable error) implements AttemptResult {

        @Override
        public Throwable failure() {
            return error;
        }
    }

    /**
     * The attempt failed in a way that repeating cannot mend.
     *
     * @param error why
     */
    record Hopeless(Throwable error) implements AttemptResult {

        @Override
        public Throwable failure() {
            return error;
        }
    }

    /**
     * The attempt failed and the application's error handlers have decided what follows.
     *
     * @param error why
     * @param outcome what follows
     */
    record Overruled(Throwable error, Outcome outcome) implements AttemptResult {

        @Override
        public Throwable failure() {
            return error;
        }
    }

    /** There is no handler for the job's type here. */
    record NoHandler() implements AttemptResult {}

    /**
     * The handler here reads only older versions of the payload.
     *
     * @param stored the payload's version
     * @param handled the newest version that can be read
     */
    record TooNew(int stored, int handled) implements AttemptResult {}

    /**
     * The store cannot read the job here.
     *
     * @param defect what is wrong with it
     */
    record Unreadable(String defect) implements AttemptResult {}
}
