package io.jobqueue.engine;

import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/**
 * Makes job ids: 14 characters, 42 bits of clock milliseconds before 42 random bits, in an alphabet sorted
 * like its values. So ids sort by time as text, and two of one millisecond are equal once in 4 × 10^12.
 * Thread-safe.
 */
final class IdGenerator {

    static final int LENGTH = 14;

    private static final char[] ALPHABET =
            "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz".toCharArray();

    private static final int BITS_A_CHAR = 6;
    private static final int HALF = LENGTH / 2;

    private final InstantSource clock;
    private final LongSupplier random;

    IdGenerator(InstantSource clock) {
        this(clock, () -> ThreadLocalRandom.current().nextLong());
    }

    IdGenerator(InstantSource clock, LongSupplier random) {
        this.clock = clock;
        this.random = random;
    }

    String next() {
        char[] id = new char[LENGTH];
        write(clock.millis(), id, 0);
        write(random.getAsLong(), id, HALF);
        return new String(id);
    }

    /** Writes the lowest 42 bits, the highest first. */
    private static void write(long bits, char[] id, int from) {
        long rest = bits;
        for (int i = from + HALF - 1; i >= from; i--) {
            id[i] = ALPHABET[(int) (rest & (ALPHABET.length - 1))];
            rest >>>= BITS_A_CHAR;
        }
    }
}
