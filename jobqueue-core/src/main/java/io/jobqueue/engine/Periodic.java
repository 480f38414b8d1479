package io.jobqueue.engine;

import java.time.Duration;

/** Something a {@link Loop} does again and again. */
@FunctionalInterface
interface Periodic {

    /**
     * Does one step.
     *
     * @return how long the next step can wait at most; zero for not at all
     * @throws Exception when the step failed; the loop waits, longer each time, and takes it again
     */
    Duration poll() throws Exception;

    /**
     * Gives up the step that a thread hangs in, so that another thread can take the steps. Called by a third thread.
     *
     * @return false when the step cannot be given up, since what it has begun would be done twice or not at all. True by
     *     default: for steps that may as well be taken by two threads at once
     */
    default boolean abandon() {
        return true;
    }

    /** Begins anew after the thread that took the steps has died in one. Called by a third thread. */
    default void restart() {}

    /**
     * Does what is left when the loop was stopped, on its thread.
     *
     * @throws Exception when it could not be done; it is not tried again
     */
    default void finish() throws Exception {}
}
