package io.jobqueue.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jobqueue.DamagedStoreException;
import io.jobqueue.JobQueueException;
import io.jobqueue.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/** Which Redis type each key of a queue has, to name the one that another program has written over. */
final class KeyTypes {

    private static final String NO_KEY = "none";
    private static final Set<String> LISTS = Set.of("waiting", "wake", "events");
    private static final Set<String> STRINGS = Set.of("sequence", "fences", "watch", "event-count");
    private static final Set<String> SORTED_SETS = Set.of(
            "prioritized",
            "scheduled",
            "sessions",
            "retained-completed",
            "retained-failed",
            "retained-cancelled",
            "dead",
            "parked",
            "dedup-expiry");

    private KeyTypes() {}

    /** Returns whether a call failed because a key has another type than the call works on. */
    static boolean areWrong(JobQueueException failure) {
        return failure.getCause() instanceof JedisDataException answer
                && String.valueOf(answer.getMessage()).contains("WRONGTYPE");
    }

    static String of(String name) {
        return LISTS.contains(name)
                ? "list"
                : STRINGS.contains(name) ? "string" : SORTED_SETS.contains(name) ? "zset" : "hash";
    }

    /**
     * Returns what to tell of a queue.
     *
     * @param types what {@code types.lua} answers
     * @return null when every key has its type by now
     */
    static @Nullable DamagedStoreException explain(
            String queue, List<byte[]> keys, List<?> types, JobQueueException failure) {
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            String type = RedisTransitions.text(types.get(i));
            String expected = of(RedisKeys.name(i));
            if (!type.equals(NO_KEY) && !type.equals(expected)) {
                wrong.add(explain(keys.get(i), type, expected));
            }
        }
        return wrong.isEmpty()
                ? null
                : new DamagedStoreException(
                        "queue '" + Names.shown(queue) + "': " + String.join("; ", wrong)
                                + "; the queue stands still until it is renamed or deleted",
                        failure);
    }

    static String explain(byte[] key, String type, String expected) {
        return "key '" + Names.shown(new String(key, UTF_8), Names.MAX_LENGTH) + "' is a " + type
                + ", jobqueue keeps a " + expected + " there, so another program wrote it";
    }
}
