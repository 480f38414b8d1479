package io.jobqueue.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jobqueue.LockedPayloadException;
import io.jobqueue.PayloadException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Encrypted data as it is stored: a mark that no JSON begins with, the version of the form, the id of the key, the nonce,
 * and the encrypted data with its tag.
 *
 * @param keyId which key it is encrypted with
 * @param nonce chosen for this data alone
 * @param sealed the encrypted data and the tag
 */
record Envelope(String keyId, byte[] nonce, byte[] sealed) {

    static final int NONCE_BYTES = 12;
    static final int TAG_BYTES = 16;

    /** 0x8A cannot begin a text in UTF-8. */
    private static final byte[] MARK = {(byte) 0x8A, 'J', 'Q'};

    private static final byte VERSION = 1;

    static boolean isSealed(byte[] stored) {
        return stored.length >= MARK.length && Arrays.equals(stored, 0, MARK.length, MARK, 0, MARK.length);
    }

    /** Returns what the tag vouches for beside the data: how it is encrypted, and what it is. */
    static byte[] vouchedFor(String keyId, DataLabel label) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head(keyId));
        bytes.write(label.content() == DataLabel.Content.PAYLOAD ? 'P' : 'R');
        bytes.writeBytes(label.type().getBytes(UTF_8));
        return bytes.toByteArray();
    }

    /**
     * Takes stored bytes apart.
     *
     * @throws LockedPayloadException when a newer release has written them
     * @throws PayloadException when they are damaged
     */
    static Envelope parse(byte[] stored, DataLabel label) {
        ByteBuffer bytes = ByteBuffer.wrap(stored).position(MARK.length);
        if (bytes.hasRemaining() && bytes.get() != VERSION) {
            throw new LockedPayloadException(
                    label + " is encrypted in a form that this release does not know; run a newer one");
        }
        int keyLength = bytes.hasRemaining() ? Byte.toUnsignedInt(bytes.get()) : 0;
        if (keyLength == 0 || bytes.remaining() < keyLength + NONCE_BYTES + TAG_BYTES) {
            throw new PayloadException(
                    label + " of " + stored.length + " stored bytes is encrypted and damaged; enqueue it again", null);
        }
        byte[] keyId = new byte[keyLength];
        byte[] nonce = new byte[NONCE_BYTES];
        byte[] sealed = new byte[bytes.get(keyId).get(nonce).remaining()];
        bytes.get(sealed);
        return new Envelope(new String(keyId, UTF_8), nonce, sealed);
    }

    byte[] toBytes() {
        byte[] head = head(keyId);
        return ByteBuffer.allocate(head.length + nonce.length + sealed.length)
                .put(head)
                .put(nonce)
                .put(sealed)
                .array();
    }

    private static byte[] head(String keyId) {
        byte[] id = keyId.getBytes(UTF_8);
        return ByteBuffer.allocate(MARK.length + 2 + id.length)
                .put(MARK)
                .put(VERSION)
                .put((byte) id.length)
                .put(id)
                .array();
    }
}
