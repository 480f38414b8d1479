package io.jobqueue.store.contract;

import io.jobqueue.Names;

/** Names that obey {@link Names} and break whatever parses or joins them. */
public enum HostileName {
    COLONS("a:b::c:"),
    OPENING_BRACE("{"),
    CLOSING_BRACE("}"),
    HASH_TAG("{a}"),
    CLOSED_HASH_TAG("a}b"),
    EMPTY_HASH_TAG("{}a"),
    SPACES(" a  b "),
    QUOTES("'; DROP TABLE \"jobs\"; --"),
    BACKSLASHES("\\n\\0\\u0041"),
    GLOB("*?[a-z]"),
    FORMAT("%s%n%d$1"),
    PATH("../../etc/passwd"),
    JSON("{\"id\":null}"),
    NUMBER("-0"),
    HUGE_NUMBER("18446744073709551616"),
    EXPONENT("1e5"),
    NIL("null"),
    INDEX_NAME("waiting"),
    RECORD_NAME("jobs"),
    UNICODE("żółć-作業-работа"),
    EMOJI("🧵👩‍🚀"),
    DECOMPOSED("e\u0301"),
    LONGEST("n".repeat(Names.MAX_LENGTH)),
    LONGEST_IN_BYTES("語".repeat(Names.MAX_LENGTH));

    private final String text;

    HostileName(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    /** Returns a name that begins like this one and ends in {@code unique}, no longer than a name may be. */
    public String with(String unique) {
        String begin = text.substring(0, Math.min(text.length(), Names.MAX_LENGTH - unique.length()));
        return Names.require("hostile name", begin + unique);
    }
}
