package io.jobqueue.engine;

import io.jobqueue.JobData;
import io.jobqueue.PayloadException;
import io.jobqueue.codec.PayloadCodec;
import java.lang.invoke.MethodType;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** JSON bytes read by a codec. */
final class CodecData implements JobData {

    private static final byte[] JSON_NULL = "null".getBytes(StandardCharsets.UTF_8);

    private final byte[] json;
    private final PayloadCodec codec;

    /** Shows {@code json}, which nobody changes any more; empty bytes are shown as JSON's null. */
    CodecData(byte[] json, PayloadCodec codec) {
        this.json = json.length == 0 ? JSON_NULL : json;
        this.codec = codec;
    }

    @Override
    public byte[] json() {
        return json.clone();
    }

    @Override
    public <T> T as(Class<T> type) {
        T value = read(json, codec, type);
        if (value == null) {
            throw new PayloadException(
                    type.getTypeName() + ": the stored JSON is null, there is nothing to read", null);
        }
        return value;
    }

    /** Returns {@code json} read as {@code type}, null when it is JSON's null. */
    @SuppressWarnings("unchecked") // the wrapper of a primitive T is read where T stands
    static <T> @Nullable T read(byte[] json, PayloadCodec codec, Class<T> type) {
        Class<?> boxed = MethodType.methodType(type).wrap().returnType();
        return (T) boxed.cast(codec.read(json, type));
    }

    /** Shows as text only how much it is: payloads do not belong in logs. */
    @Override
    public String toString() {
        return json.length + " bytes of JSON";
    }
}
