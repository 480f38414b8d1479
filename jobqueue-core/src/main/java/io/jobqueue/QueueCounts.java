package io.jobqueue;

/**
 * How many jobs of one queue are in each state, read from counters without a scan. Taken one after
 * the other under load, the numbers may be a few jobs apart.
 *
 * @param queue the queue's name
 * @param scheduled not due yet
 * @param waiting due, not yet claimed
 * @param active claimed by workers
 * @param completed ended well and still kept
 * @param failed ended without success and still kept
 * @param cancelled cancelled and still kept
 */
public record QueueCounts(
        String queue, long scheduled, long waiting, long active, long completed, long failed, long cancelled) {}
