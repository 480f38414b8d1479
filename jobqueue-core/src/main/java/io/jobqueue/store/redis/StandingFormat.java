package io.jobqueue.store.redis;

import io.jobqueue.store.JobSpec;
import java.time.Instant;

/**
 * Reads what the scripts keep of a job: its record, and the mark of what differs from it. The layouts stand in
 * {@code include/formats.lua}.
 *
 * @param spec what the job is
 * @param createdAt when it was enqueued
 * @param waitingSince since when it could have been claimed
 * @param failures how many attempts have failed
 * @param crashes how often a worker was lost under it
 * @param handBacks how often it was handed back for want of a handler
 */
record StandingFormat(JobSpec spec, Instant createdAt, Instant waitingSince, int failures, int crashes, int handBacks) {

    private static final int VERSION = 1;

    static StandingFormat read(byte[] record, byte[] mark) {
        BinaryReader reader = new BinaryReader(record);
        int version = (int) reader.number(1);
        if (version != VERSION) {
            throw new IllegalStateException("a stored job has format version " + version + ", this release reads "
                    + VERSION + "; run a release that knows it");
        }
        reader.number(6);
        Instant createdAt = Instant.ofEpochMilli(reader.number(6));
        JobSpec spec = SpecFormat.read(reader, reader.signed());
        if (mark.length == 0) {
            return new StandingFormat(spec, createdAt, createdAt, 0, 0, 0);
        }
        BinaryReader marked = new BinaryReader(mark);
        marked.number(6);
        Instant since = Instant.ofEpochMilli(marked.number(6));
        marked.signed();
        return new StandingFormat(
                spec, createdAt, since, marked.signed(), (int) marked.number(2), (int) marked.number(2));
    }
}
