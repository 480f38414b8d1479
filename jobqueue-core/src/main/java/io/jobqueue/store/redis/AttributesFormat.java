package io.jobqueue.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Attributes as bytes: of each, its name and its value, a type before the value. */
final class AttributesFormat {

    private static final int LENGTH = 2;

    private AttributesFormat() {}

    /** Adds a name and what stands for its value; for a removal, nothing. */
    static void write(String name, @Nullable Object value, ScriptArguments arguments) {
        arguments.text(name);
        if (value == null) {
            arguments.empty();
        } else {
            arguments.bytes(bytes(value));
        }
    }

    /** Returns what was stored; nothing when it cannot be read. */
    static Map<String, Object> read(byte[] stored) {
        if (stored.length == 0) {
            return Map.of();
        }
        try {
            return read(new BinaryReader(stored));
        } catch (RuntimeException e) { // the bytes may be anything
            return Map.of();
        }
    }

    private static Map<String, Object> read(BinaryReader reader) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        while (reader.hasMore()) {
            String name = reader.text((int) reader.number(LENGTH));
            attributes.put(name, value(new BinaryReader(reader.take((int) reader.number(LENGTH)))));
        }
        return attributes;
    }

    private static byte[] bytes(Object value) {
        BinaryWriter writer = new BinaryWriter(1 + Long.BYTES);
        if (value instanceof String text) {
            return writer.number('S', 1).rest(text.getBytes(UTF_8)).toBytes();
        }
        if (value instanceof Boolean truth) {
            return writer.number('B', 1).number(truth ? 1 : 0, 1).toBytes();
        }
        if (value instanceof Long number) {
            return writer.number('L', 1).number(number, Long.BYTES).toBytes();
        }
        if (value instanceof Double number) {
            return writer.number('D', 1)
                    .number(Double.doubleToLongBits(number), Long.BYTES)
                    .toBytes();
        }
        throw new IllegalArgumentException("an attribute is a "
                + value.getClass().getName() + ": the engine hands in String, Boolean, Long and Double only");
    }

    private static Object value(BinaryReader reader) {
        int type = (int) reader.number(1);
        return switch (type) {
            case 'S' -> new String(reader.rest(), UTF_8);
            case 'B' -> reader.number(1) == 1;
            case 'L' -> reader.number(Long.BYTES);
            case 'D' -> Double.longBitsToDouble(reader.number(Long.BYTES));
            default -> throw new IllegalStateException("a stored attribute has the unknown type " + type);
        };
    }
}
