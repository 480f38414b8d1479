package io.jobqueue.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jobqueue.codec.CanonicalJson;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Ids made of what a job is: equal type and content, equal id. */
final class ContentId {

    private ContentId() {}

    /**
     * Returns the SHA-256 of the type and the canonical form of the payload, in hexadecimal.
     *
     * @param json the payload; empty for none
     * @throws io.jobqueue.PayloadException when the payload has no canonical form
     */
    static String of(String type, byte[] json) {
        String content = json.length == 0 ? "" : CanonicalJson.of(json);
        return HexFormat.of().formatHex(sha256().digest((type + "\n" + content).getBytes(UTF_8)));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
