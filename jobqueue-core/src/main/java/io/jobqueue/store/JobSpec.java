package io.jobqueue.store;

import io.jobqueue.JobError;

/**
 * What stays the same through a job's life. The payload is opaque to every store.
 *
 * @param type the name that selects a handler
 * @param payload JSON bytes, perhaps encrypted, empty for a job without a payload; not to be changed by whoever holds it
 * @param priority higher is claimed first
 * @param options what the enqueuer said about running it
 */
public record JobSpec(String type, byte[] payload, int priority, JobOptions options) {

    /** Stands for what a store holds of a job but cannot read. */
    public static final JobSpec UNREADABLE = new JobSpec(JobError.UNREADABLE, new byte[0], 0, JobOptions.NONE);
}
