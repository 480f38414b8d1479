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
}
