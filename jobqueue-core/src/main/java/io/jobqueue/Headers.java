package io.jobqueue;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rule for the headers of a job: few, by name, each a short text. */
final class Headers {

    private Headers() {}

    /**
     * Returns an unmodifiable copy of {@code headers} when they obey the rule.
     *
     * @throws InvalidJobException naming the header, the offence and the remedy
     */
    static Map<String, String> copyOf(@Nullable Map<String, String> headers) {
        Map<String, String> given = Values.require("headers", headers, "give a map, empty for none");
        if (given.size() > JobRequest.MOST_HEADERS) {
            throw new InvalidJobException("headers: are " + given.size() + "; give at most " + JobRequest.MOST_HEADERS);
        }
        given.forEach(Headers::requireValue);
        return Map.copyOf(given);
    }

    /**
     * Returns {@code value} when it and its name obey the rule.
     *
     * @throws InvalidJobException naming the header, the offence and the remedy
     */
    static String requireValue(@Nullable String name, @Nullable String value) {
        String what = "header '" + Names.require("header", name) + "'";
        String text = Values.require(what, value, "give a text, or leave the header out");
        if (text.length() > JobRequest.LONGEST_HEADER) {
            throw new InvalidJobException(what + ": has " + text.length() + " characters; shorten it to at most "
                    + JobRequest.LONGEST_HEADER);
        }
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            requireText(what, text.codePointAt(i), i);
        }
        return text;
    }

    private static void requireText(String what, int codePoint, int position) {
        boolean control = Character.isISOControl(codePoint) && codePoint != '\t';
        if (control || Character.getType(codePoint) == Character.SURROGATE) {
            throw new InvalidJobException(String.format(
                    Locale.ROOT,
                    "%s: character U+%04X at position %d is %s; remove it",
                    what,
                    codePoint,
                    position,
                    control ? "a control character" : "half of a surrogate pair"));
        }
    }
}
