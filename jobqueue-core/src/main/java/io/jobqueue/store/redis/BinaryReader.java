package io.jobqueue.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Objects;

/** Reads what {@link BinaryWriter} or a script wrote. */
final class BinaryReader {

    private final byte[] bytes;
    private int position;

    BinaryReader(byte[] bytes) {
        this.bytes = bytes;
    }

    boolean hasMore() {
        return position < bytes.length;
    }

    /** Reads a number: unsigned when it has up to seven bytes, signed when it has eight. */
    long number(int size) {
        long value = 0;
        for (int i = 0; i < size; i++) {
            value = (value << 8) | (bytes[position++] & 0xFF);
        }
        return value;
    }

    int signed() {
        return (int) number(Integer.BYTES);
    }

    int count() {
        int value = 0;
        for (int shift = 0; ; shift += 7) {
            int next = bytes[position++];
            value |= (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    String text() {
        return text(count());
    }

    String text(int length) {
        String text = new String(bytes, position, length, UTF_8);
        position += length;
        return text;
    }

    byte[] take(int length) {
        Objects.checkFromIndexSize(position, length, bytes.length);
        byte[] taken = Arrays.copyOfRange(bytes, position, position + length);
        position += length;
        return taken;
    }

    byte[] rest() {
        return take(bytes.length - position);
    }
}
