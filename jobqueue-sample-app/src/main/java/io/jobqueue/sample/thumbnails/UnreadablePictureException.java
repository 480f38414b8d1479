package io.jobqueue.sample.thumbnails;

import io.jobqueue.PayloadException;
import org.jspecify.annotations.Nullable;

/** An uploaded file is no picture, or a damaged one. Being a {@link PayloadException}, it ends a job without a retry. */
public class UnreadablePictureException extends PayloadException {

    private static final long serialVersionUID = 1L;

    /** Says which file, what to do, and why. */
    public UnreadablePictureException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
