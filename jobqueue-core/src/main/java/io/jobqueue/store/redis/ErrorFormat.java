package io.jobqueue.store.redis;

import io.jobqueue.JobError;

/** Errors as bytes: type, whether there is a message, message, stack. */
final class ErrorFormat {

    private ErrorFormat() {}

    static BinaryWriter write(JobError error, BinaryWriter writer) {
        String message = error.message();
        writer.text(error.type()).number(message != null ? 1 : 0, 1);
        if (message != null) {
            writer.text(message);
        }
        return writer.text(error.stack());
    }

    static JobError read(BinaryReader reader) {
        return new JobError(reader.text(), reader.number(1) == 1 ? reader.text() : null, reader.text());
    }
}
