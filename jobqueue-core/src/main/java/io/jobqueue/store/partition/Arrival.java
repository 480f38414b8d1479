package io.jobqueue.store.partition;

import io.jobqueue.store.NewJob;

/**
 * A new job on its way to the partition that is to store it.
 *
 * @param job the job
 * @param generated whether its id was made for it, so that no partition can hold it
 */
public record Arrival(NewJob job, boolean generated) {}
