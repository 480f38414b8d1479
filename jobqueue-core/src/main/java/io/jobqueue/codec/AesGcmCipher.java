package io.jobqueue.codec;

import io.jobqueue.InvalidJobException;
import io.jobqueue.LockedPayloadException;
import io.jobqueue.Names;
import io.jobqueue.PayloadException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Objects;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts payloads and results with AES-GCM, and proves when they are read that nobody has changed them and that they
 * belong to a job of their type. Every piece of data has a random nonce of 96 bits and names the id of its key, so that
 * keys can be changed while jobs are waiting: the primary key encrypts, every key decrypts. It adds 33 bytes and the id
 * of the key to each. With one key at most 2<sup>32</sup> payloads and results should be encrypted. Thread-safe.
 *
 * <pre>{@code
 * PayloadCipher cipher = AesGcmCipher.builder().key("2026-11", newKey).key("2025-11", oldKey).build();
 * }</pre>
 */
public final class AesGcmCipher implements PayloadCipher {

    private static final String TRANSFORMATION = "AES/GCM/NoPadding";

    private final EncryptionKeys keys;
    private final String primaryId;
    private final SecretKey primary;
    private final boolean readPlain;
    private final boolean writePlain;
    private final SecureRandom random = new SecureRandom();

    private AesGcmCipher(Builder builder) {
        keys = new EncryptionKeys(builder.keys);
        primaryId = keys.primary(builder.primary);
        primary = Objects.requireNonNull(keys.find(primaryId));
        readPlain = builder.readPlain;
        writePlain = builder.writePlain;
    }

    /** Begins a cipher without keys, which neither reads nor writes plain data. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public byte[] encrypt(byte[] json, DataLabel label) {
        if (writePlain) {
            return json;
        }
        byte[] nonce = new byte[Envelope.NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, primaryId, primary, nonce, label);
            return new Envelope(primaryId, nonce, cipher.doFinal(json)).toBytes();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + TRANSFORMATION, e);
        }
    }

    @Override
    public byte[] decrypt(byte[] stored, DataLabel label) {
        if (Envelope.isSealed(stored)) {
            return open(Envelope.parse(stored, label), label);
        }
        if (readPlain || writePlain) {
            return stored;
        }
        throw new PayloadException(
                label + " of " + stored.length + " bytes is stored plain, and only encrypted ones are read here; allow"
                        + " plain ones (read-plain) while jobs from before the encryption are left",
                null);
    }

    private byte[] open(Envelope envelope, DataLabel label) {
        SecretKey key = keys.find(envelope.keyId());
        if (key == null) {
            throw new LockedPayloadException(label + " is encrypted with key '" + Names.shown(envelope.keyId())
                    + "', which is not among the keys here (" + keys + "); give this process that key");
        }
        try {
            return cipher(Cipher.DECRYPT_MODE, envelope.keyId(), key, envelope.nonce(), label)
                    .doFinal(envelope.sealed());
        } catch (AEADBadTagException e) {
            throw new PayloadException(
                    label + " is not what was encrypted with key '" + envelope.keyId()
                            + "': it was changed or moved here from another job, or the key has another value here",
                    null);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + TRANSFORMATION, e);
        }
    }

    private static Cipher cipher(int mode, String keyId, SecretKey key, byte[] nonce, DataLabel label)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(TRANSFORMATION);
        cipher.init(mode, key, new GCMParameterSpec(Envelope.TAG_BYTES * Byte.SIZE, nonce));
        cipher.updateAAD(Envelope.vouchedFor(keyId, label));
        return cipher;
    }

    /** Shows the ids of the keys, never a key. */
    @Override
    public String toString() {
        return "AES-GCM with key " + primaryId + " (known: " + keys + ")";
    }

    /** Collects the keys. Not thread-safe. */
    public static final class Builder {

        private final EncryptionKeys keys = new EncryptionKeys();
        private @Nullable String primary;
        private boolean readPlain;
        private boolean writePlain;

        private Builder() {}

        /**
         * Adds a key. The first one encrypts unless {@link #primary} names another; all decrypt.
         *
         * @param id names the key in what it encrypts, readable by whoever can read the store: 1 to 64 ASCII letters,
         *     digits, dots, dashes and underscores. Never give another key the id of one that was used
         * @param key 32 random bytes, or 16; copied
         * @throws InvalidJobException when it is neither, the id has another form, or was given before
         */
        public Builder key(String id, byte[] key) {
            keys.add(Objects.requireNonNull(id, "id"), Objects.requireNonNull(key, "key"));
            return this;
        }

        /** Sets which key encrypts. */
        public Builder primary(String id) {
            primary = Objects.requireNonNull(id, "id");
            return this;
        }

        /**
         * Sets whether data that is not encrypted is read too, as long as jobs from before the encryption are left.
         * Otherwise it is refused, and with it whatever somebody without a key has written.
         */
        public Builder readPlain(boolean readPlain) {
            this.readPlain = readPlain;
            return this;
        }

        /**
         * Sets whether data is still written plain, and read plain as well, until every process has the keys, or from
         * when the encryption is to end.
         */
        public Builder writePlain(boolean writePlain) {
            this.writePlain = writePlain;
            return this;
        }

        /**
         * Returns the cipher.
         *
         * @throws InvalidJobException when there is no key, or none of the primary's id
         */
        public AesGcmCipher build() {
            return new AesGcmCipher(this);
        }
    }
}
