package io.jobqueue.engine;

import java.time.Duration;

/**
 * How a worker is doing.
 *
 * @param queue the queue it claims from
 * @param slots how many jobs it runs at once
 * @param busy how many it is running
 * @param stuck how many of these are handlers that ignore their interrupt: their jobs were given up after a timeout or a
 *     cancel, their slots stay taken until they return
 * @param consuming whether its loops are alive and turned recently enough that a waiting job would be picked up
 * @param sinceLastExchange since the store last answered it; counted from its start before the first answer
 */
public record WorkerStatus(
        String queue, int slots, int busy, int stuck, boolean consuming, Duration sinceLastExchange) {}
