package io.jobqueue;

/**
 * A payload or a result: JSON bytes with a typed view. Immutable and safe to share between threads.
 */
public interface JobData {

    /**
     * Returns the JSON text as UTF-8 bytes: a copy, the caller may change it.
     *
     * @throws LockedPayloadException when it is encrypted with a key that is not known here
     * @throws PayloadException when it is not what was encrypted
     */
    byte[] json();

    /**
     * Returns the data read as {@code type}.
     *
     * @throws LockedPayloadException when it is encrypted with a key that is not known here
     * @throws PayloadException when the JSON does not fit the type, or it is not what was encrypted
     */
    <T> T as(Class<T> type);
}
