package io.jobqueue;

/**
 * A payload or a result: JSON bytes with a typed view. Immutable and safe to share between threads.
 */
public interface JobData {

    /** Returns the JSON text as UTF-8 bytes: a copy, the caller may change it. */
    byte[] json();

    /**
     * Returns the data read as {@code type}.
     *
     * @throws PayloadException when the JSON does not fit the type
     */
    <T> T as(Class<T> type);
}
