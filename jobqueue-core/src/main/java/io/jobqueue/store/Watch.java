package io.jobqueue.store;

/**
 * Events of a queue are recorded from now on.
 *
 * @param newest the number of the newest event, 0 when there never was one
 * @param begun whether nobody had watched until now, so that events before this were not recorded
 */
public record Watch(long newest, boolean begun) {}
