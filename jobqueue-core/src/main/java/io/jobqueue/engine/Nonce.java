package io.jobqueue.engine;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Random names nobody else has. Thread-safe. */
final class Nonce {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 16;

    private Nonce() {}

    /** Returns 128 random bits as 32 hexadecimal digits. */
    static String next() {
        byte[] bits = new byte[BYTES];
        RANDOM.nextBytes(bits);
        return HexFormat.of().formatHex(bits);
    }
}
