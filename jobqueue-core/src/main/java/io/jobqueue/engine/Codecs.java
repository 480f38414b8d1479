package io.jobqueue.engine;

import io.jobqueue.codec.PayloadCodec;
import java.util.Map;

/**
 * What writes and reads the payloads and results of each job type.
 *
 * @param standard for all types without a codec of their own
 * @param byType the others
 */
record Codecs(PayloadCodec standard, Map<String, PayloadCodec> byType) {

    Codecs {
        byType = Map.copyOf(byType);
    }

    PayloadCodec of(String type) {
        return byType.getOrDefault(type, standard);
    }
}
