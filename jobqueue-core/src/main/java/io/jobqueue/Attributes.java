package io.jobqueue;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rule for the attributes that a run leaves with its job: few, by name, each a flat value.
 *
 * <p>A value is a text, a boolean, a whole number or a decimal one. It is kept as {@code String}, {@code Boolean},
 * {@code Long} or {@code Double}: smaller numbers are widened.
 */
public final class Attributes {

    /** The most attributes of a job. */
    public static final int MOST = 32;

    /** The most changes of one call: as many as it takes to replace all attributes by others. */
    public static final int MOST_CHANGES = 2 * MOST;

    /** The longest text, in {@code char}s. */
    public static final int MAX_TEXT = 1024;

    private Attributes() {}

    /**
     * Returns {@code changes} as they are to be stored, when they obey the rule.
     *
     * @param changes values by name; null removes the name
     * @return an unmodifiable copy in the same order, every number widened
     * @throws InvalidJobException naming the attribute, the offence and the remedy
     */
    public static Map<String, @Nullable Object> require(@Nullable Map<String, ? extends @Nullable Object> changes) {
        var given = Values.require("attributes", changes, "give a map, empty for none");
        if (given.size() > MOST_CHANGES) {
            throw new InvalidJobException("attributes: changes " + given.size() + " at once; change at most "
                    + MOST_CHANGES + " in a call, and keep at most " + MOST);
        }
        Map<String, @Nullable Object> flat = new LinkedHashMap<>();
        given.forEach((name, value) -> flat.put(Names.require("attribute", name), flat(name, value)));
        return Collections.unmodifiableMap(flat);
    }

    private static @Nullable Object flat(String name, @Nullable Object value) {
        if (value == null || value instanceof Boolean || value instanceof Long) {
            return value;
        }
        if (value instanceof String text) {
            return requireText(name, text);
        }
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof Double || value instanceof Float) {
            return requireFinite(name, ((Number) value).doubleValue());
        }
        throw new InvalidJobException(what(name) + ": is a " + value.getClass().getName()
                + "; give a text, a boolean, a whole or a decimal number, or null to remove it");
    }

    private static String requireText(String name, String text) {
        if (text.length() > MAX_TEXT) {
            throw new InvalidJobException(
                    what(name) + ": has " + text.length() + " characters; shorten it to at most " + MAX_TEXT);
        }
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            if (Character.getType(text.codePointAt(i)) == Character.SURROGATE) {
                throw new InvalidJobException(
                        what(name) + ": holds half of a surrogate pair at position " + i + "; remove it");
            }
        }
        return text;
    }

    private static Double requireFinite(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new InvalidJobException(what(name) + ": is " + value + "; give a finite number");
        }
        return value;
    }

    private static String what(String name) {
        return "attribute '" + Names.shown(name) + "'";
    }
}
