package io.jobqueue.codec;

import io.jobqueue.PayloadException;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes JSON in the one form that all documents of the same content share: keys in the order of their UTF-16 code
 * units and no white space, as in RFC 8785. Other than there, numbers keep every digit, written as whole number and
 * power of ten: {@code 1.50} and {@code 15e-1} are both {@code 15E-1}, {@code -0} is {@code 0}. Texts are compared
 * as they are, not by Unicode normal form. Thread-safe.
 */
public final class CanonicalJson {

    private static final int DEEPEST_NESTING = 200;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST_NESTING)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final StringBuilder text;

    private CanonicalJson(int expected) {
        text = new StringBuilder(expected);
    }

    /**
     * Returns {@code json} in its canonical form.
     *
     * @param json one JSON document in UTF-8
     * @throws PayloadException when it is not one, has a key twice in an object, a number of over 1,000 characters, or
     *     is nested over 200 deep
     */
    public static String of(byte[] json) {
        try {
            CanonicalJson canonical = new CanonicalJson(json.length);
            canonical.write(MAPPER.readTree(json));
            return canonical.text.toString();
        } catch (JacksonException | ArithmeticException | NumberFormatException e) { // a power of ten beyond an int
            throw new PayloadException(
                    "JSON of " + json.length + " bytes: has no canonical form ("
                            + e.getClass().getSimpleName() + "); give each key once, numbers of at most 1,000"
                            + " characters and a nesting of at most " + DEEPEST_NESTING,
                    null);
        }
    }

    private void write(JsonNode node) {
        if (node.isObject()) {
            writeObject(node);
        } else if (node.isArray()) {
            writeArray(node);
        } else if (node.isString()) {
            write(node.stringValue());
        } else if (node.isNumber()) {
            write(node.decimalValue());
        } else if (node.isMissingNode()) {
            throw new PayloadException("JSON: is empty; give a document", null);
        } else {
            text.append(node);
        }
    }

    private void writeObject(JsonNode node) {
        Map<String, JsonNode> sorted = new TreeMap<>();
        node.properties().forEach(property -> sorted.put(property.getKey(), property.getValue()));
        String before = "{";
        for (Map.Entry<String, JsonNode> property : sorted.entrySet()) {
            text.append(before);
            write(property.getKey());
            text.append(':');
            write(property.getValue());
            before = ",";
        }
        text.append(sorted.isEmpty() ? "{}" : "}");
    }

    private void writeArray(JsonNode node) {
        text.append('[');
        for (int i = 0; i < node.size(); i++) {
            if (i > 0) {
                text.append(',');
            }
            write(node.get(i));
        }
        text.append(']');
    }

    private void write(BigDecimal number) {
        BigDecimal shortest = number.stripTrailingZeros();
        text.append(shortest.unscaledValue());
        if (shortest.scale() != 0) {
            text.append('E').append(-(long) shortest.scale());
        }
    }

    private void write(String value) {
        text.append('"');
        value.codePoints().forEach(this::write);
        text.append('"');
    }

    private void write(int codePoint) {
        if (codePoint == '"' || codePoint == '\\') {
            text.append('\\').append((char) codePoint);
        } else if (codePoint < ' ' || Character.getType(codePoint) == Character.SURROGATE) {
            text.append(String.format(Locale.ROOT, "\\u%04x", codePoint));
        } else {
            text.appendCodePoint(codePoint);
        }
    }
}
