package io.jobqueue.benchmarks.peers;

/**
 * A job as Rqueue stores it. A bare string would be handed to the listener with its envelope.
 *
 * @param payload the payload
 */
public record RqueueJob(String payload) {}
