package io.jobqueue.engine;

import io.jobqueue.store.contract.HostileName;
import java.util.Arrays;
import java.util.stream.Stream;

/** Names that are allowed, beside those of {@link HostileName}: what somebody might try to break in with. */
enum OddName {
    ONE_CHARACTER("n"),
    ALLOW_LISTED("n".repeat(128)),
    NOT_ALLOW_LISTED("n".repeat(129)),
    COLON(":"),
    DOTS(".."),
    SLASH("/"),
    BACKSLASH("\\"),
    ENCODED_PATH("%2e%2e"),
    DEVICE("CON"),
    LUA("');redis.call('FLUSHALL')--"),
    SQL("'; DROP TABLE jobs"),
    MARKUP("<img src=x onerror=alert(1)>"),
    LOOKUP("${jndi:ldap://x}"),
    PROTOTYPE("__proto__"),
    COMBINING("Zoe\u0308"),
    PRECOMPOSED("Zo\u00eb"),
    QUEUE_REGISTRY("queues"),
    RIGHT_TO_LEFT("\u05e9\u05dc\u05d5\u05dd");

    private final String text;

    OddName(String text) {
        this.text = text;
    }

    /** Returns every name that is allowed and odd. */
    static Stream<String> all() {
        return Stream.concat(
                Arrays.stream(values()).map(name -> name.text),
                Arrays.stream(HostileName.values()).map(HostileName::text));
    }
}
