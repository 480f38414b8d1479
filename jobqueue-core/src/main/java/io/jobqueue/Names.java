package io.jobqueue;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The one rule for every name that reaches a store: queue names, job types, job ids, header names.
 *
 * <p>A name is opaque printable text of 1 to {@value #MAX_LENGTH} characters. Colons, braces and any
 * script are fine, since nothing is ever parsed out of a name. Refused are blank names, control
 * characters, line and paragraph separators, marks that reverse the direction of text, and halves
 * of surrogate pairs, because they cannot be told apart in a log or do not survive UTF-8.
 */
public final class Names {

    /** The longest name, in {@code char}s. */
    public static final int MAX_LENGTH = 255;

    private static final int SHOWN = 64;

    private Names() {}

    /**
     * Returns {@code name} when it obeys the rule.
     *
     * @param what what the name names, for the message: {@code "queue"}, {@code "type"}
     * @param name the candidate
     * @return {@code name} itself
     * @throws InvalidJobException naming the field, the offence and the remedy
     */
    public static String require(String what, @Nullable String name) {
        return require(what, name, MAX_LENGTH);
    }

    /**
     * Returns {@code name} when it obeys the rule and a smaller bound.
     *
     * @param what what the name names, for the message
     * @param name the candidate
     * @param most the longest it may be, in {@code char}s, at most {@value #MAX_LENGTH}
     * @return {@code name} itself
     * @throws InvalidJobException naming the field, the offence and the remedy
     */
    public static String require(String what, @Nullable String name, int most) {
        if (name == null) {
            throw new InvalidJobException(what + ": is null; give a name of 1 to " + most + " printable characters");
        }
        if (name.isBlank()) {
            throw new InvalidJobException(what + ": is blank; give a name of 1 to " + most + " printable characters");
        }
        if (name.length() > most) {
            throw new InvalidJobException(what + " '" + shown(name) + "': has " + name.length()
                    + " characters; shorten it to at most " + most);
        }
        for (int i = 0; i < name.length(); ) {
            int codePoint = name.codePointAt(i);
            if (!isAllowed(codePoint)) {
                throw new InvalidJobException(String.format(
                        Locale.ROOT,
                        "%s '%s': character U+%04X at position %d is not printable; remove it",
                        what,
                        shown(name),
                        codePoint,
                        i));
            }
            i += Character.charCount(codePoint);
        }
        return name;
    }

    /**
     * Returns {@code text} fit for a message or a log line: at most 64 characters, every character
     * that a name may not hold replaced by its escape.
     */
    public static String shown(String text) {
        return shown(text, SHOWN);
    }

    /**
     * Returns {@code text} like {@link #shown(String)}, cut after {@code most} characters.
     *
     * @param most how many characters are shown, before what they are escaped to is counted
     */
    public static String shown(String text, int most) {
        StringBuilder shown = new StringBuilder();
        String head = text.length() <= most ? text : text.substring(0, most);
        head.codePoints().forEach(codePoint -> {
            if (isAllowed(codePoint)) {
                shown.appendCodePoint(codePoint);
            } else {
                shown.append(String.format(Locale.ROOT, "\\u%04X", codePoint));
            }
        });
        return text.length() <= most ? shown.toString() : shown.append('…').toString();
    }

    private static boolean isAllowed(int codePoint) {
        if (codePoint >= ' ' && codePoint < 0x7F) {
            return true;
        }
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                false;
            case Character.FORMAT -> !reversesDirection(codePoint);
            default -> true;
        };
    }

    private static boolean reversesDirection(int codePoint) {
        return (codePoint >= 0x202A && codePoint <= 0x202E) || (codePoint >= 0x2066 && codePoint <= 0x2069);
    }
}
