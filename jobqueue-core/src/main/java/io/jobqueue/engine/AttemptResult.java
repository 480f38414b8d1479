package io.jobqueue.engine;

import org.jspecify.annotations.Nullable;

/** How an attempt came to its end by itself. */
sealed interface AttemptResult {

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
    record Threw(Throwable error) implements AttemptResult {}

    /**
     * The attempt failed in a way that repeating cannot mend.
     *
     * @param error why
     */
    record Hopeless(Throwable error) implements AttemptResult {}

    /** There is no handler for the job's type here. */
    record NoHandler() implements AttemptResult {}
}
