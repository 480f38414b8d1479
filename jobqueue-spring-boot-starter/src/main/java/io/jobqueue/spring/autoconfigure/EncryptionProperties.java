package io.jobqueue.spring.autoconfigure;

import io.jobqueue.InvalidJobException;
import io.jobqueue.codec.AesGcmCipher;
import io.jobqueue.codec.PayloadCipher;
import java.util.Base64;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;

/**
 * How payloads and results are encrypted.
 *
 * @param keys Keys of AES by their ids, each 32 or 16 random bytes in Base64. All decrypt, the primary one encrypts.
 *     Without any, nothing is encrypted.
 * @param primary Id of the key that encrypts. May be left out when there is only one key.
 * @param readPlain Whether payloads and results that are not encrypted are read too.
 * @param writePlain Whether payloads and results are still written plain, until every process has the keys. Plain ones
 *     are read too then.
 */
public record EncryptionProperties(
        @DefaultValue Map<String, String> keys,
        @Nullable String primary,
        @DefaultValue("false") boolean readPlain,
        @DefaultValue("false") boolean writePlain) {

    /**
     * Returns the cipher that the properties ask for.
     *
     * @throws InvalidJobException when they do not fit together; the message shows no key
     */
    PayloadCipher cipher() {
        if (keys.isEmpty()) {
            requireNothingElse();
            return PayloadCipher.NONE;
        }
        AesGcmCipher.Builder cipher =
                AesGcmCipher.builder().readPlain(readPlain).writePlain(writePlain);
        keys.forEach((id, key) -> cipher.key(id, bytes(id, key)));
        if (StringUtils.hasText(primary)) {
            cipher.primary(primary);
        } else if (keys.size() > 1) {
            throw new InvalidJobException(
                    "there are " + keys.size() + " keys and no primary; name the one that encrypts");
        }
        return cipher.build();
    }

    /** Whoever says anything of keys must not write plain payloads because the file with the keys was not there. */
    private void requireNothingElse() {
        if (StringUtils.hasText(primary) || readPlain || writePlain) {
            throw new InvalidJobException(
                    "there are no keys; set jobqueue.encryption.keys.<id> to 32 random bytes in Base64, such as those"
                            + " that 'openssl rand -base64 32' prints, or set nothing of jobqueue.encryption");
        }
    }

    private static byte[] bytes(String id, String key) {
        try {
            return Base64.getDecoder().decode(key.strip());
        } catch (IllegalArgumentException e) { // its message quotes the key
            throw new InvalidJobException(
                    "encryption key '" + id + "': is not Base64; give what 'openssl rand -base64 32' prints");
        }
    }

    /** Leaves the keys out. */
    @Override
    public String toString() {
        return "Encryption[keys=" + new TreeSet<>(keys.keySet()) + ", primary=" + primary + "]";
    }
}
