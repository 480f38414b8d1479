package io.jobqueue.store;

import java.time.Duration;

/**
 * The life of one worker between two losses of its lease. All claims of a session share one lease: it is
 * extended by every exchange and renewal of the session, and when it ends they all end.
 *
 * @param queue the queue the worker claims from
 * @param id 128 random bits as text, fresh for every session
 * @param lease how long the claims hold without renewal
 */
public record WorkerSession(String queue, String id, Duration lease) {}
