package io.jobqueue.codec;

import io.jobqueue.LockedPayloadException;
import io.jobqueue.PayloadException;

/**
 * Turns the JSON of payloads and results into what is stored, and back. Between it and the store nobody sees the JSON;
 * ids made of the content, upcasters and {@link PayloadCodec} work on the JSON. Implementations are thread-safe.
 */
public interface PayloadCipher {

    /** Stores JSON as it is, and refuses to read what is encrypted. */
    PayloadCipher NONE = new NoCipher();

    /**
     * Returns what is stored in place of {@code json}.
     *
     * @param json the JSON; not changed
     * @param label what it is; {@link #decrypt} is given the same
     */
    byte[] encrypt(byte[] json, DataLabel label);

    /**
     * Returns the JSON that was encrypted.
     *
     * @param stored what {@link #encrypt} returned, or what somebody else has written; not changed
     * @param label what it should be
     * @throws LockedPayloadException when another process may be able to read it, and this one is not
     * @throws PayloadException when it is not what was encrypted under this label; trying again gives the same answer.
     *     The message quotes neither data nor keys
     */
    byte[] decrypt(byte[] stored, DataLabel label);
}
