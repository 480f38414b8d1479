package io.jobqueue.engine;

import io.jobqueue.JobData;
import io.jobqueue.PayloadException;
import io.jobqueue.codec.DataLabel;
import java.lang.invoke.MethodType;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Stored bytes read by a cipher and a codec, not before somebody asks. */
final class CodecData implements JobData {

    private static final byte[] JSON_NULL = "null".getBytes(StandardCharsets.UTF_8);

    private final byte[] stored;
    private final DataLabel label;
    private final Codecs codecs;

    /** Shows {@code stored}, which nobody changes any more; empty bytes are shown as JSON's null. */
    CodecData(byte[] stored, DataLabel label, Codecs codecs) {
        this.stored = stored;
        this.label = label;
        this.codecs = codecs;
    }

    @Override
    public byte[] json() {
        return stored.length == 0
                ? JSON_NULL.clone()
                : codecs.cipher().decrypt(stored, label).clone();
    }

    @Override
    public <T> T as(Class<T> type) {
        T value = stored.length == 0 ? null : read(type);
        if (value == null) {
            throw new PayloadException(
                    type.getTypeName() + ": the stored JSON is null, there is nothing to read", null);
        }
        return value;
    }

    /** Returns the data read as {@code type}, null when it is JSON's null. */
    @SuppressWarnings("unchecked") // the wrapper of a primitive T is read where T stands
    <T> @Nullable T read(Class<T> type) {
        Class<?> boxed = MethodType.methodType(type).wrap().returnType();
        return (T) boxed.cast(codecs.read(stored, label, type));
    }

    /** Shows as text only how much it is: payloads do not belong in logs. */
    @Override
    public String toString() {
        return stored.length + " bytes";
    }
}
