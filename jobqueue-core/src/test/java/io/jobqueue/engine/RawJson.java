package io.jobqueue.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.jobqueue.codec.JacksonPayloadCodec;
import io.jobqueue.codec.PayloadCodec;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** Stores the bytes of a text as they are, whatever they say, and reads them like every payload. */
final class RawJson implements PayloadCodec {

    private final PayloadCodec json = new JacksonPayloadCodec();

    /** Returns {@code value} byte for byte: its characters are the bytes. */
    @Override
    public byte[] write(Object value) {
        return value instanceof String bytes ? bytes.getBytes(ISO_8859_1) : json.write(value);
    }

    @Override
    public @Nullable Object read(byte[] bytes, Type type) {
        return json.read(bytes, type);
    }
}
