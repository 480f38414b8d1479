package io.jobqueue.codec;

import io.jobqueue.Names;
import io.jobqueue.PayloadException;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON by Jackson 3. Unknown properties are ignored, so that a payload with an added field is still read
 * by an older worker. Class hints in the JSON have no effect, unless the application's own mapper switches
 * default typing on. Thread-safe.
 */
public final class JacksonPayloadCodec implements PayloadCodec {

    private static final int DEEPEST_NESTING = 200;
    private static final int LONGEST_PATH = 128;

    private final JsonMapper mapper;

    /** Uses a mapper with Jackson's defaults, for values nested at most 200 deep: deeper ones are not written. */
    public JacksonPayloadCodec() {
        this(JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(DEEPEST_NESTING)
                                .build())
                        .streamWriteConstraints(StreamWriteConstraints.builder()
                                .maxNestingDepth(DEEPEST_NESTING)
                                .build())
                        .build())
                .build());
    }

    /**
     * Uses the application's mapper with its modules and formats. Only the failure on unknown properties is
     * switched off again, so that a strict web setting cannot make stored jobs unreadable.
     */
    public JacksonPayloadCodec(JsonMapper mapper) {
        this.mapper = mapper.rebuild()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
    }

    @Override
    public byte[] write(Object value) {
        try {
            return mapper.writeValueAsBytes(value);
        } catch (JacksonException e) {
            Throwable cause = e.getCause(); // whatever a getter threw; its message may quote what it got
            throw new PayloadException(
                    value.getClass().getName() + ": cannot be written as JSON ("
                            + (cause == null
                                    ? e.getOriginalMessage()
                                    : cause.getClass().getName()) + " at "
                            + Names.shown(path(e), LONGEST_PATH)
                            + "); give it readable properties or register a codec",
                    cause);
        }
    }

    @Override
    public @Nullable Object read(byte[] json, Type type) {
        try {
            return mapper.readValue(json, mapper.constructType(type));
        } catch (JacksonException e) {
            throw new PayloadException(
                    type.getTypeName() + ": the stored JSON of " + json.length + " bytes does not fit ("
                            + e.getClass().getSimpleName() + " at " + Names.shown(path(e), LONGEST_PATH)
                            + ")",
                    null);
        }
    }

    /** Where reading or writing stopped. The keys of a map are left out: they are content, as the names of properties are not. */
    private static String path(JacksonException e) {
        return e.getPath().stream().map(JacksonPayloadCodec::step).collect(Collectors.joining("->"));
    }

    private static String step(JacksonException.Reference step) {
        Object from = step.from();
        Class<?> type = from instanceof Class<?> known ? known : from == null ? Object.class : from.getClass();
        if (step.getPropertyName() == null) {
            return type.getSimpleName() + "[" + step.getIndex() + "]";
        }
        return Map.class.isAssignableFrom(type) ? "Map[…]" : type.getSimpleName() + "." + step.getPropertyName();
    }
}
