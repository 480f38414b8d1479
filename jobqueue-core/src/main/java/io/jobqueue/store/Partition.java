package io.jobqueue.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/**
 * One of the queues of a store that make up one queue of an application. To a store it is a queue like any other, called
 * by {@link #name()}; what people are shown is {@link #queue()}.
 *
 * @param queue the queue of the application
 * @param number which of its partitions, from 1
 * @param of how many partitions it has, at most {@value #MOST}; 1 for a queue that is not divided, which keeps its name
 */
public record Partition(String queue, int number, int of) {

    /** The most partitions of a queue. */
    public static final int MOST = 64;

    /** No name of an application holds it; see {@link io.jobqueue.Names}. */
    private static final char MARK = '\t';

    private static final Pattern NAME = Pattern.compile("(\\d{1,2})/(\\d{1,2})" + MARK + "(.*)", Pattern.DOTALL);

    /** Returns the partitions of a queue, in order. */
    public static List<Partition> of(String queue, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> new Partition(queue, number, count))
                .toList();
    }

    /** Returns the only partition of a queue that is not divided. */
    public static Partition whole(String queue) {
        return new Partition(queue, 1, 1);
    }

    /** Returns the partition that a store calls {@code name}; a name that is none of ours is that of a whole queue. */
    public static Partition named(String name) {
        Matcher parts = NAME.matcher(name);
        if (!isNamed(name) || !parts.matches()) {
            return whole(name);
        }
        int number = Integer.parseInt(parts.group(1));
        int of = Integer.parseInt(parts.group(2));
        return number < 1 || number > of || of > MOST ? whole(name) : new Partition(parts.group(3), number, of);
    }

    /** Returns the queue of the application to which a queue of a store belongs; itself when it is not divided. */
    public static String queueOf(String name) {
        return name.substring(name.indexOf(MARK) + 1);
    }

    /** Returns whether a store calls a partition of a divided queue so. */
    public static boolean isNamed(String name) {
        return name.indexOf(MARK) >= 0;
    }

    /**
     * Returns the number of the partition that an id or a dedup key falls into: one more than the remainder of its
     * CRC-32, taken over its bytes in UTF-8, by the number of partitions.
     */
    public static int numberFor(String key, int of) {
        CRC32 hash = new CRC32();
        hash.update(key.getBytes(UTF_8));
        return 1 + (int) (hash.getValue() % of);
    }

    /** Returns whether an id or a dedup key falls into it. */
    public boolean has(String key) {
        return of == 1 || numberFor(key, of) == number;
    }

    /**
     * Returns what a store calls it. The number comes first: it then stands in the hash tag of a Redis Cluster, whatever
     * the queue is called.
     */
    public String name() {
        return of == 1 ? queue : number + "/" + of + MARK + queue;
    }

    /** Returns it for people. */
    @Override
    public String toString() {
        return of == 1 ? queue : queue + " (" + number + "/" + of + ")";
    }
}
