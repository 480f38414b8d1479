package io.jobqueue.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.PayloadException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;

class JacksonPayloadCodecTests {

    private final JacksonPayloadCodec codec = new JacksonPayloadCodec();

    record Person(int age) {}

    record Account(
            String name, @Nullable Integer visits, @Nullable String note) {}

    static class Broken {

        public String getName() {
            throw new IllegalStateException("no name");
        }
    }

    record Register(Map<String, List<Person>> entries) {}

    private static Object nested(int depth) {
        Object value = List.of();
        for (int i = 1; i < depth; i++) {
            value = List.of(value);
        }
        return value;
    }

    @Test
    void propertyThatIsMissingIsNullAndOneThatIsUnknownIsIgnored() {
        byte[] olderAndNewer = "{\"name\":\"Ada\",\"since\":1815}".getBytes(StandardCharsets.UTF_8);

        assertThat(codec.read(olderAndNewer, Account.class)).isEqualTo(new Account("Ada", null, null));
    }

    @Test
    void primitivePropertyThatIsMissingIsRefused() {
        assertThatThrownBy(() -> codec.read("{}".getBytes(StandardCharsets.UTF_8), Person.class))
                .isInstanceOf(PayloadException.class);
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
    void placeInAnUnreadablePayloadIsNamedWithoutItsContent() {
        byte[] json = codec.write(Map.of("entries", Map.of("secret", List.of(Map.of("age", "ada")))));

        assertThatThrownBy(() -> codec.read(json, Register.class))
                .isInstanceOf(PayloadException.class)
                .hasMessageContaining("at Register.entries->Map[…]->ArrayList[0]->Person.age)")
                .satisfies(e -> assertThat(String.valueOf(e.getMessage())).doesNotContain("secret", "ada"));
    }

    @Test
    void placeInAnUnwritablePayloadIsNamedWithoutItsContent() {
        Map<String, Object> value = Map.of("secret", new Broken());

        assertThatThrownBy(() -> codec.write(value))
                .isInstanceOf(PayloadException.class)
                .hasMessageContaining("java.lang.IllegalStateException at Map[…]->Broken.name")
                .hasCauseInstanceOf(IllegalStateException.class)
                .satisfies(e -> assertThat(String.valueOf(e.getMessage())).doesNotContain("secret"));
    }

    @Test
    void namesOfAnUnreadablePayloadAreCut() {
        byte[] json = codec.write(nested(150));

        assertThatThrownBy(() -> codec.read(json, new TypeReference<List<List<List<List<Integer>>>>>() {}.getType()))
                .isInstanceOf(PayloadException.class)
                .satisfies(e -> assertThat(String.valueOf(e.getMessage())).hasSizeLessThan(400));
    }
}
