package io.jobqueue.store.redis;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says which rule a user lacks when the server refuses a command, a key or a channel.
 *
 * @param user whom the server refused
 * @param keys whose names it refused
 */
record AccessAdvice(String user, RedisKeys keys) {

    /** Where the whole rule set stands. */
    static final String PAGE = "docs/redis.md has all the rules";

    private static final Pattern COMMAND = Pattern.compile("to run the '([^']+)' command");

    /** Returns what to add to a server's refusal; empty when it is about something else. */
    String to(String refusal) {
        if (!refusal.contains("NOPERM")) {
            return "";
        }
        Matcher command = COMMAND.matcher(refusal);
        if (command.find()) {
            return allow("+" + command.group(1));
        }
        if (refusal.contains("access a key")) {
            return allow(keys.rule('~'));
        }
        return refusal.contains("access a channel") ? allow(keys.rule('&')) : "";
    }

    String allow(String rules) {
        return "; allow the user '" + user + "' " + rules + " (" + PAGE + ")";
    }
}
