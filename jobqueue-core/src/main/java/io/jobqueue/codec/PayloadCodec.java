package io.jobqueue.codec;

import io.jobqueue.PayloadException;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * Writes payloads and results as JSON bytes and reads them back. The stored bytes never choose a class:
 * the reader always says the type. Implementations are thread-safe.
 */
public interface PayloadCodec {

    /**
     * Returns {@code value} as JSON.
     *
     * @throws PayloadException when the value cannot be written; the message names its class, never its content
     */
    byte[] write(Object value);

    /**
     * Returns {@code json} read as {@code type}; null when the JSON is {@code null}.
     *
     * @throws PayloadException when the JSON does not fit the type; the message never quotes the JSON
     */
    @Nullable
    Object read(byte[] json, Type type);
}
