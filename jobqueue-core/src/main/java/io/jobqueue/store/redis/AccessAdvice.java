package io.jobqueue.store.redis;

import io.jobqueue.JobQueueException;
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
    private static final Pattern ONE_KEY = Pattern.compile("to access (a key|one of the keys)");
    private static final Pattern ONE_CHANNEL = Pattern.compile("to access (a channel|one of the channels)");

    /** Returns whether a failure is the server's refusal for want of a right. */
    static boolean isAbout(JobQueueException failure) {
        return String.valueOf(failure.getMessage()).contains("NOPERM");
    }

    /** Returns what to add to a server's refusal; empty when it is about something else. */
    String to(String refusal) {
        if (!refusal.contains("NOPERM")) {
            return "";
        }
        Matcher command = COMMAND.matcher(refusal);
        if (command.find()) {
            return allow("+" + command.group(1));
        }
        if (ONE_KEY.matcher(refusal).find()) {
            return allow(keys.keyRules());
        }
        return ONE_CHANNEL.matcher(refusal).find() ? allow(keys.channelRules()) : "";
    }

    String allow(String rules) {
        return "; allow the user '" + user + "' " + rules + " (" + PAGE + ")";
    }
}
