package io.jobqueue.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jobqueue.InvalidJobException;
import io.jobqueue.LockedPayloadException;
import io.jobqueue.PayloadException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AesGcmCipherTests {

    private static final byte[] FIRST = key(32, 1);
    private static final byte[] SECOND = key(32, 2);
    private static final byte[] JSON = "{\"card\":\"4000-1234\"}".getBytes(UTF_8);
    private static final DataLabel PAYLOAD = DataLabel.payload("charge");

    private final AesGcmCipher cipher =
            AesGcmCipher.builder().key("first", FIRST).build();

    private static byte[] key(int bytes, int seed) {
        byte[] key = new byte[bytes];
        Arrays.fill(key, (byte) seed);
        return key;
    }

    private static byte[] changed(byte[] stored, int at) {
        byte[] changed = stored.clone();
        changed[at] ^= 1;
        return changed;
    }

    private static String text(byte[] stored) {
        return new String(stored, ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 32})
    void whatIsEncryptedIsDecrypted(int keyBytes) {
        AesGcmCipher cipher = AesGcmCipher.builder().key("k", key(keyBytes, 7)).build();

        byte[] stored = cipher.encrypt(JSON, PAYLOAD);

        assertThat(cipher.decrypt(stored, PAYLOAD)).isEqualTo(JSON);
        assertThat(text(stored)).doesNotContain("card", "4000");
        assertThat(stored).hasSize(JSON.length + 33 + 1);
    }

    @Test
    void emptyAndLargeDataAreDecrypted() {
        byte[] large = new byte[1_000_000];

        assertThat(cipher.decrypt(cipher.encrypt(new byte[0], PAYLOAD), PAYLOAD))
                .isEmpty();
        assertThat(cipher.decrypt(cipher.encrypt(large, PAYLOAD), PAYLOAD)).isEqualTo(large);
    }

    @Test
    void sameDataIsNeverStoredAlike() {
        Set<String> stored = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            stored.add(text(cipher.encrypt(JSON, PAYLOAD)));
        }

        assertThat(stored).hasSize(1000);
    }

    @Test
    void everyChangedByteIsNoticed() {
        byte[] stored = cipher.encrypt(JSON, PAYLOAD);

        for (int i = 0; i < stored.length; i++) {
            byte[] changed = changed(stored, i);
            assertThatExceptionOfType(PayloadException.class)
                    .as("byte %d", i)
                    .isThrownBy(() -> cipher.decrypt(changed, PAYLOAD))
                    .satisfies(e -> assertThat(String.valueOf(e.getMessage()))
                            .startsWith("type 'charge': payload")
                            .doesNotContain("card", "4000"));
        }
    }

    @Test
    void everyCutIsNoticed() {
        byte[] stored = cipher.encrypt(JSON, PAYLOAD);

        for (int length = 0; length < stored.length; length++) {
            byte[] cut = Arrays.copyOf(stored, length);
            assertThatExceptionOfType(PayloadException.class)
                    .as("%d bytes", length)
                    .isThrownBy(() -> cipher.decrypt(cut, PAYLOAD));
        }
    }

    @Test
    void dataOfAnotherTypeIsRefused() {
        byte[] stored = cipher.encrypt(JSON, DataLabel.payload("refund"));

        assertThatExceptionOfType(PayloadException.class)
                .isThrownBy(() -> cipher.decrypt(stored, PAYLOAD))
                .withMessageContaining("moved here from another job")
                .isNotInstanceOf(LockedPayloadException.class);
    }

    @Test
    void resultIsNoPayload() {
        byte[] stored = cipher.encrypt(JSON, DataLabel.result("charge"));

        assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> cipher.decrypt(stored, PAYLOAD));
        assertThat(cipher.decrypt(stored, DataLabel.result("charge"))).isEqualTo(JSON);
    }

    @Test
    void otherKeyOfTheSameIdIsRefused() {
        AesGcmCipher other = AesGcmCipher.builder().key("first", SECOND).build();
        byte[] stored = other.encrypt(JSON, PAYLOAD);

        assertThatExceptionOfType(PayloadException.class)
                .isThrownBy(() -> cipher.decrypt(stored, PAYLOAD))
                .withMessageContaining("key 'first'")
                .withMessageContaining("another value here")
                .isNotInstanceOf(LockedPayloadException.class);
    }

    @Test
    void unknownKeyIsNamedAndMayBeKnownElsewhere() {
        byte[] stored = AesGcmCipher.builder().key("second", SECOND).build().encrypt(JSON, PAYLOAD);

        assertThatExceptionOfType(LockedPayloadException.class)
                .isThrownBy(() -> cipher.decrypt(stored, PAYLOAD))
                .withMessage("type 'charge': payload is encrypted with key 'second', which is not among the keys here"
                        + " (first); give this process that key");
        assertThatExceptionOfType(LockedPayloadException.class)
                .isThrownBy(() -> PayloadCipher.NONE.decrypt(stored, PAYLOAD))
                .withMessageContaining("this process has no keys");
    }

    @Test
    void newerFormMayBeKnownElsewhere() {
        byte[] stored = cipher.encrypt(JSON, PAYLOAD);
        stored[3] = 2;

        assertThatExceptionOfType(LockedPayloadException.class)
                .isThrownBy(() -> cipher.decrypt(stored, PAYLOAD))
                .withMessageContaining("run a newer one");
    }

    @Test
    void firstKeyEncryptsAndAllDecrypt() {
        AesGcmCipher rotated =
                AesGcmCipher.builder().key("second", SECOND).key("first", FIRST).build();

        assertThat(rotated.decrypt(cipher.encrypt(JSON, PAYLOAD), PAYLOAD)).isEqualTo(JSON);
        assertThat(text(rotated.encrypt(JSON, PAYLOAD))).contains("second");
    }

    @Test
    void primaryKeyGoesBeforeTheFirst() {
        AesGcmCipher rotated = AesGcmCipher.builder()
                .key("second", SECOND)
                .key("first", FIRST)
                .primary("first")
                .build();

        assertThat(cipher.decrypt(rotated.encrypt(JSON, PAYLOAD), PAYLOAD)).isEqualTo(JSON);
    }

    @Test
    void plainDataIsRefusedUnlessItIsAllowed() {
        AesGcmCipher lenient =
                AesGcmCipher.builder().key("first", FIRST).readPlain(true).build();

        assertThatExceptionOfType(PayloadException.class)
                .isThrownBy(() -> cipher.decrypt(JSON, PAYLOAD))
                .withMessageContaining("is stored plain, and only encrypted ones are read here")
                .satisfies(e -> assertThat(String.valueOf(e.getMessage())).doesNotContain("4000"));
        assertThat(lenient.decrypt(JSON, PAYLOAD)).isEqualTo(JSON);
        assertThat(text(lenient.encrypt(JSON, PAYLOAD))).doesNotContain("card");
    }

    @Test
    void cipherThatStillWritesPlainReadsBoth() {
        AesGcmCipher early =
                AesGcmCipher.builder().key("first", FIRST).writePlain(true).build();

        assertThat(early.encrypt(JSON, PAYLOAD)).isEqualTo(JSON);
        assertThat(early.decrypt(JSON, PAYLOAD)).isEqualTo(JSON);
        assertThat(early.decrypt(cipher.encrypt(JSON, PAYLOAD), PAYLOAD)).isEqualTo(JSON);
    }

    @Test
    void changingTheArrayOfAKeyChangesNothing() {
        byte[] key = FIRST.clone();
        AesGcmCipher copied = AesGcmCipher.builder().key("first", key).build();

        Arrays.fill(key, (byte) 0);

        assertThat(cipher.decrypt(copied.encrypt(JSON, PAYLOAD), PAYLOAD)).isEqualTo(JSON);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8, 15, 24, 31, 33})
    void keyOfAnotherLengthIsRefused(int bytes) {
        assertThatExceptionOfType(InvalidJobException.class)
                .isThrownBy(() -> AesGcmCipher.builder().key("k", key(bytes, 65)))
                .withMessage("encryption key 'k': has " + bytes
                        + " bytes; give 32 random bytes for AES-256, or 16 for AES-128");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "-a", "a\n", "ключ"})
    void idOfAnotherFormIsRefused(String id) {
        assertThatExceptionOfType(InvalidJobException.class)
                .isThrownBy(() -> AesGcmCipher.builder().key(id, FIRST))
                .withMessageStartingWith("encryption key id '");
    }

    @Test
    void cipherWithoutItsKeyIsRefused() {
        assertThatExceptionOfType(InvalidJobException.class)
                .isThrownBy(() -> AesGcmCipher.builder().build())
                .withMessage("encryption: there is no key; give at least one");
        assertThatExceptionOfType(InvalidJobException.class)
                .isThrownBy(() ->
                        AesGcmCipher.builder().key("a", FIRST).primary("b").build())
                .withMessage("primary encryption key 'b': there is no key of that id (there is a); give it, or name"
                        + " another");
        assertThatExceptionOfType(InvalidJobException.class)
                .isThrownBy(() -> AesGcmCipher.builder().key("a", FIRST).key("a", SECOND))
                .withMessage("encryption key 'a': is given twice; give every key its own id");
    }

    @Test
    void keysAreNotShown() {
        assertThat(cipher).hasToString("AES-GCM with key first (known: first)");
    }
}
