package io.jobqueue.store.redis;

import io.jobqueue.JobError;

/** Errors as bytes: version, type, whether there is a message, message, stack. */
final class ErrorFormat {

    private ErrorFormat() {}

    static BinaryWriter write(JobError error, BinaryWriter writer) {
        String message = error.message();
        FormatVersion.write(writer).text(error.type()).number(message != null ? 1 : 0, 1);
        if (message != null) {
            writer.text(message);
        }
        return writer.text(error.stack());
    }

    /** Returns the error; one that says so for bytes that are none. */
    static JobError read(byte[] stored) {
        String defect = FormatVersion.defect("error", stored);
        if (defect != null) {
            return new JobError(JobError.UNREADABLE, defect, "");
        }
        try {
            BinaryReader reader = new BinaryReader(stored);
            reader.number(1);
            return new JobError(reader.text(), reader.number(1) == 1 ? reader.text() : null, reader.text());
        } catch (RuntimeException e) { // the bytes may be anything
            return new JobError(JobError.UNREADABLE, FormatVersion.damaged("error"), "");
        }
    }
}
