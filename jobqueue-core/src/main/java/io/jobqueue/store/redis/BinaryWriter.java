package io.jobqueue.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** Writes the small binary forms of this store. Numbers are big-endian. */
final class BinaryWriter {

    private byte[] buffer;
    private int size;

    BinaryWriter(int expected) {
        buffer = new byte[expected];
    }

    BinaryWriter number(long value, int bytes) {
        reserve(bytes);
        for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) {
            buffer[size++] = (byte) (value >> shift);
        }
        return this;
    }

    /** Writes a length or count in as few bytes as it needs: seven bits a byte. */
    BinaryWriter count(int value) {
        int rest = value;
        while (rest > 0x7F) {
            number((rest & 0x7F) | 0x80, 1);
            rest >>>= 7;
        }
        return number(rest, 1);
    }

    BinaryWriter text(String value) {
        byte[] bytes = value.getBytes(UTF_8);
        return count(bytes.length).rest(bytes);
    }

    BinaryWriter rest(byte[] bytes) {
        reserve(bytes.length);
        System.arraycopy(bytes, 0, buffer, size, bytes.length);
        size += bytes.length;
        return this;
    }

    byte[] toBytes() {
        return size == buffer.length ? buffer : Arrays.copyOf(buffer, size);
    }

    private void reserve(int bytes) {
        if (size + bytes > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(size + bytes, buffer.length * 2));
        }
    }
}
