package io.jobqueue.codec;

import io.jobqueue.InvalidJobException;
import io.jobqueue.Names;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The keys of a cipher by their ids. Their bytes are never shown. */
final class EncryptionKeys {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final int BITS_128 = 16;
    private static final int BITS_256 = 32;

    private final Map<String, SecretKey> byId = new LinkedHashMap<>();

    EncryptionKeys() {}

    EncryptionKeys(EncryptionKeys others) {
        byId.putAll(others.byId);
    }

    /** Adds a key, or throws {@link InvalidJobException} when it cannot be one. */
    void add(String id, byte[] key) {
        if (!ID.matcher(id).matches()) {
            throw new InvalidJobException("encryption key id '" + Names.shown(id)
                    + "': give 1 to 64 ASCII letters, digits, dots, dashes and underscores, a letter or digit first");
        }
        if (key.length != BITS_128 && key.length != BITS_256) {
            throw new InvalidJobException("encryption key '" + id + "': has " + key.length + " bytes; give " + BITS_256
                    + " random bytes for AES-256, or " + BITS_128 + " for AES-128");
        }
        if (byId.putIfAbsent(id, new SecretKeySpec(key, "AES")) != null) {
            throw new InvalidJobException("encryption key '" + id + "': is given twice; give every key its own id");
        }
    }

    /** Returns the id of the key that encrypts: {@code wanted}, else the first. */
    String primary(@Nullable String wanted) {
        if (byId.isEmpty()) {
            throw new InvalidJobException("encryption: there is no key; give at least one");
        }
        if (wanted != null && !byId.containsKey(wanted)) {
            throw new InvalidJobException("primary encryption key '" + Names.shown(wanted)
                    + "': there is no key of that id (there is " + this + "); give it, or name another");
        }
        return wanted != null ? wanted : byId.keySet().iterator().next();
    }

    /** Returns the key of that id; null when there is none. */
    @Nullable
    SecretKey find(String id) {
        return byId.get(id);
    }

    /** Shows the ids. */
    @Override
    public String toString() {
        return String.join(", ", byId.keySet());
    }
}
