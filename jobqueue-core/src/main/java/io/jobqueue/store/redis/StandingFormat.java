package io.jobqueue.store.redis;

import io.jobqueue.store.JobSpec;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the scripts keep of a job: its record, and the mark of what differs from it. The layouts stand in
 * {@code include/formats.lua}.
 *
 * @param spec what the job is; {@link JobSpec#UNREADABLE} when its record cannot be read
 * @param createdAt when it was enqueued
 * @param waitingSince since when it could have been claimed
 * @param failures how many attempts have failed
 * @param crashes how often a worker was lost under it
 * @param handBacks how often it was handed back for want of a handler
 * @param defect why its record cannot be read; null when it can
 */
record StandingFormat(
        JobSpec spec,
        Instant createdAt,
        Instant waitingSince,
        int failures,
        int crashes,
        int handBacks,
        @Nullable String defect) {

    private static final int MARK = 32;

    static StandingFormat read(byte[] record, byte[] mark) {
        String defect = FormatVersion.defect("record", record);
        if (defect != null) {
            return unreadable(mark, defect);
        }
        JobSpec spec;
        Instant createdAt;
        try {
            BinaryReader reader = new BinaryReader(record);
            reader.number(1);
            reader.number(6);
            createdAt = Instant.ofEpochMilli(reader.number(6));
            spec = SpecFormat.read(reader, reader.signed());
        } catch (RuntimeException e) { // the bytes may be anything, and so may what is made of them
            return unreadable(mark, FormatVersion.damaged("record"));
        }
        return marked(spec, createdAt, mark, null);
    }

    private static StandingFormat unreadable(byte[] mark, String defect) {
        return marked(JobSpec.UNREADABLE, Instant.EPOCH, mark, defect);
    }

    private static StandingFormat marked(JobSpec spec, Instant createdAt, byte[] mark, @Nullable String defect) {
        if (mark.length < MARK || FormatVersion.defect("mark", mark) != null) {
            return new StandingFormat(spec, createdAt, createdAt, 0, 0, 0, defect);
        }
        BinaryReader reader = new BinaryReader(mark);
        reader.number(1);
        reader.number(6);
        Instant since = Instant.ofEpochMilli(reader.number(6));
        reader.signed();
        return new StandingFormat(
                spec, createdAt, since, reader.signed(), (int) reader.number(2), (int) reader.number(2), defect);
    }
}
