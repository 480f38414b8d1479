package io.jobqueue.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jobqueue.InvalidJobException;
import io.jobqueue.Names;
import io.jobqueue.store.Partition;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import redis.clients.jedis.util.JedisClusterCRC16;

/**
 * The one place that builds keys and channels. All keys of a queue carry the hash tag
 * <code>{prefix:queue}</code>, so they lie in one cluster slot whatever the queue is called.
 */
final class RedisKeys {

    private static final List<String> NAMES = List.of(
            "jobs",
            "waiting",
            "prioritized",
            "scheduled",
            "claims",
            "sessions",
            "marks",
            "outcomes",
            "retained-completed",
            "dead",
            "cancels",
            "waiters",
            "progress",
            "errors",
            "stats",
            "sequence",
            "fences",
            "wake",
            "leader",
            "paused",
            "parked",
            "dedup",
            "dedup-of",
            "dedup-expiry",
            "epochs",
            "attributes",
            "log",
            "attempts",
            "workers",
            "retained-failed",
            "retained-cancelled",
            "watch",
            "events",
            "event-count",
            "informed");

    private static final int SLOTS = 16_384;

    private final String prefix;
    private final ConcurrentHashMap<String, String> partitionTags = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, List<byte[]>> ofQueue = new ConcurrentHashMap<>();

    RedisKeys(String prefix) {
        Names.require("key prefix", prefix);
        if (prefix.indexOf('{') >= 0 || prefix.indexOf('}') >= 0) {
            throw new InvalidJobException("key prefix '" + Names.shown(prefix)
                    + "': holds a brace, which would move the hash tag; choose one without");
        }
        this.prefix = prefix;
    }

    /** Returns the KEYS of every script, in the order of {@code include/keys.lua}. */
    List<byte[]> ofQueue(String queue) {
        List<byte[]> known = ofQueue.get(queue);
        return known != null
                ? known
                : ofQueue.computeIfAbsent(
                        queue,
                        name -> NAMES.stream()
                                .map(suffix -> bytes(tag(name) + suffix))
                                .toList());
    }

    /** Returns the name of a key by its place in {@link #ofQueue}. */
    static String name(int place) {
        return NAMES.get(place);
    }

    byte[] jobs(String queue) {
        return ofQueue(queue).get(NAMES.indexOf("jobs"));
    }

    byte[] sequence(String queue) {
        return ofQueue(queue).get(NAMES.indexOf("sequence"));
    }

    byte[] wake(String queue) {
        return ofQueue(queue).get(NAMES.indexOf("wake"));
    }

    byte[] paused(String queue) {
        return ofQueue(queue).get(NAMES.indexOf("paused"));
    }

    /** Returns the keys of which one exists as long as a queue holds a job or a dedup key. */
    byte[][] holding(String queue) {
        List<byte[]> all = ofQueue(queue);
        return Stream.of("jobs", "outcomes", "dedup")
                .map(name -> all.get(NAMES.indexOf(name)))
                .toArray(byte[][]::new);
    }

    /** Returns the set of all queue names; it has a slot of its own. */
    byte[] queues() {
        return bytes(prefix + ":queues");
    }

    /** Returns the channel on which the workers of a queue hear which running jobs to cancel. */
    String cancellations(String queue) {
        return tag(queue) + "cancellations";
    }

    /** Returns the channel on which one process hears of the jobs it waits for, whatever their queues. */
    String replies(String address) {
        return prefix + ":replies:" + address;
    }

    /** Returns the channel on which hints of new events are given; it is called like the key that holds them. */
    String eventChannel(String queue) {
        return tag(queue) + "events";
    }

    /** Returns the channel that nobody writes to. */
    String silence() {
        return prefix + ":idle";
    }

    /** Returns the rules of an ACL that allow the keys of this prefix. */
    String keyRules() {
        return "~{" + pattern() + ":*}:* ~" + pattern() + ":queues";
    }

    /** Returns the rules of an ACL that allow the channels of this prefix. */
    String channelRules() {
        return "&{" + pattern() + ":*}:* &" + pattern() + ":*";
    }

    private String pattern() {
        return prefix.replaceAll("([\\\\*?\\[\\]])", "\\\\$1");
    }

    /** Returns whether a channel is one of a queue, and so in its slot. */
    static boolean isOfQueue(String channel) {
        return channel.startsWith("{");
    }

    private String tag(String queue) {
        return Partition.isNamed(queue) ? partitionTags.computeIfAbsent(queue, this::partitionTag) : plainTag(queue);
    }

    /**
     * Returns the first tag that falls into the partition's own of as many equal ranges of slots as the queue has
     * partitions, so that masters which share the slots evenly share the partitions evenly.
     */
    private String partitionTag(String queue) {
        Partition partition = Partition.named(queue);
        String number = partition.number() + "/" + partition.of();
        String tag = plainTag(queue);
        for (int salt = 1; range(tag, partition.of()) != partition.number(); salt++) {
            tag = plainTag(number + "." + salt + queue.substring(number.length()));
        }
        return tag;
    }

    private static int range(String tag, int of) {
        return 1 + JedisClusterCRC16.getSlot(tag) * of / SLOTS;
    }

    private String plainTag(String queue) {
        return "{" + prefix + ":" + queue + "}:";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
