package io.jobqueue.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.PayloadException;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;

class JacksonPayloadCodecTests {

    private final JacksonPayloadCodec codec = new JacksonPayloadCodec();

    private static Object nested(int depth) {
        Object value = List.of();
        for (int i = 1; i < depth; i++) {
            value = List.of(value);
        }
        return value;
    }

    @Test
    void deepestValueThatIsWrittenIsRead() {
        assertThat(codec.read(codec.write(nested(200)), Object.class)).isEqualTo(nested(200));
    }

    @Test
    void valueNestedTooDeepIsNotWritten() {
        assertThatThrownBy(() -> codec.write(nested(201)))
                .isInstanceOf(PayloadException.class)
                .hasMessageContaining("200");
    }

    @Test
    void longNumbersAndNamesAreRead() {
        BigInteger number = BigInteger.TEN.pow(900);
        Map<String, BigInteger> value = Map.of("n".repeat(40_000), number);

        assertThat(codec.read(codec.write(value), new TypeReference<Map<String, BigInteger>>() {}.getType()))
                .isEqualTo(value);
    }

    @Test
    void keysOfAnUnreadablePayloadAreCut() {
        byte[] json = codec.write(Map.of("secret".repeat(1000), "text"));

        assertThatThrownBy(() -> codec.read(json, new TypeReference<Map<String, Integer>>() {}.getType()))
                .isInstanceOf(PayloadException.class)
                .hasMessageContaining("secretsecret")
                .satisfies(e -> assertThat(String.valueOf(e.getMessage())).hasSizeLessThan(350));
    }
}
