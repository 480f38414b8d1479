package io.jobqueue.engine;

import java.time.Duration;
import java.util.List;

/**
 * How a worker is doing.
 *
 * @param queue the queue it claims from
 * @param slots how many jobs it runs at once
 * @param busy how many it is running
 * @param stuck how many of these are handlers that ignore their interrupt: their jobs were given up after a timeout or a
 *     cancel, their slots stay taken until they return
 * @param consuming whether a waiting job would be picked up, and held as long as it runs: the loops it needs take their
 *     steps, its calls of the store succeed, not all of its slots are stuck, and it is neither paused nor stopping. A
 *     pause of the queue itself is not known here, see {@link io.jobqueue.QueueOverview#paused}
 * @param paused whether every handler of the queue is paused in this process, or the worker is in the store, as far as
 *     its last answer tells
 * @param sinceLastExchange since the store last answered it; counted from its start before the first answer
 * @param troubles what keeps it from consuming, for people; empty when nothing does but a pause or a stop
 */
public record WorkerStatus(
        String queue,
        int slots,
        int busy,
        int stuck,
        boolean consuming,
        boolean paused,
        Duration sinceLastExchange,
        List<String> troubles) {

    /** Copies the troubles. */
    public WorkerStatus {
        troubles = List.copyOf(troubles);
    }
}
