package io.jobqueue.engine;

import org.jspecify.annotations.Nullable;

/** Texts that name nothing, with what the refusal says of them and what it tells to do. */
enum BadName {
    NULL(null, "is null", "give a name of 1 to 255"),
    EMPTY("", "is blank", "give a name of 1 to 255"),
    SPACES("   ", "is blank", "give a name of 1 to 255"),
    ONE_TOO_LONG("n".repeat(256), "has 256 characters", "shorten it to at most 255"),
    MUCH_TOO_LONG("n".repeat(70_000), "has 70000 characters", "shorten it to at most 255"),
    NUL("a\u0000b", "character U+0000 at position 1", "remove it"),
    CARRIAGE_RETURN("a\rb", "character U+000D at position 1", "remove it"),
    LINE_FEED("a\nb", "character U+000A at position 1", "remove it"),
    TAB("a\tb", "character U+0009 at position 1", "remove it"),
    ESCAPE_SEQUENCE("\u001b[31mred", "character U+001B at position 0", "remove it"),
    DELETE("a\u007fb", "character U+007F at position 1", "remove it"),
    LINE_SEPARATOR("a\u2028b", "character U+2028 at position 1", "remove it"),
    PARAGRAPH_SEPARATOR("a\u2029b", "character U+2029 at position 1", "remove it"),
    BIDI_OVERRIDE("a\u202eb", "character U+202E at position 1", "remove it"),
    BIDI_ISOLATE("a\u2067b", "character U+2067 at position 1", "remove it"),
    HIGH_SURROGATE("a\ud83d", "character U+D83D at position 1", "remove it"),
    LOW_SURROGATE("\ude00b", "character U+DE00 at position 0", "remove it");

    final @Nullable String text;
    final String says;
    final String remedy;

    BadName(@Nullable String text, String says, String remedy) {
        this.text = text;
        this.says = says;
        this.remedy = remedy;
    }
}
