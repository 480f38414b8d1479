package io.jobqueue.engine;

import io.jobqueue.codec.DataLabel;
import io.jobqueue.codec.PayloadCipher;
import io.jobqueue.codec.PayloadCodec;
import java.lang.reflect.Type;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What writes and reads the payloads and results of each job type: a codec the JSON, and the cipher what is stored of it.
 *
 * @param standard for all types without a codec of their own
 * @param byType the others
 * @param cipher between the JSON and the store
 */
record Codecs(PayloadCodec standard, Map<String, PayloadCodec> byType, PayloadCipher cipher) {

    Codecs {
        byType = Map.copyOf(byType);
    }

    PayloadCodec of(String type) {
        return byType.getOrDefault(type, standard);
    }

    /** Returns stored data as a value of {@code as}; null when its JSON is null. */
    @Nullable
    Object read(byte[] stored, DataLabel label, Type as) {
        return of(label.type()).read(cipher.decrypt(stored, label), as);
    }
}
