package io.jobqueue.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.PayloadException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTests {

    private static String canonical(String json) {
        return CanonicalJson.of(json.getBytes(UTF_8));
    }

    @Test
    void keysAreSortedAndWhiteSpaceGoes() {
        assertThat(canonical(" { \"b\" : [ 1 , true , null ] ,\n\"a\" : { } , \"\" : [] } "))
                .isEqualTo("{\"\":[],\"a\":{},\"b\":[1,true,null]}");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1.0",
        "1, 1e0",
        "100, 1E2",
        "100, 1.00e+2",
        "0, -0",
        "0, -0.0",
        "0, 0e7",
        "-1.5, -15e-1",
        "9007199254740993, 9007199254740993.0"
    })
    void equalNumbersAreWrittenAlike(String one, String other) {
        assertThat(canonical(one)).isEqualTo(canonical(other));
    }

    @ParameterizedTest
    @CsvSource({
        "9007199254740993, 9007199254740992",
        "9223372036854775807, 9223372036854775806",
        "0.1, 0.10000000000000001"
    })
    void unequalNumbersAreNot(String one, String other) {
        assertThat(canonical(one)).isNotEqualTo(canonical(other));
    }

    @Test
    void hugeExponentTakesNoRoom() {
        assertThat(canonical("1e999999999")).isEqualTo("1E999999999");
    }

    @Test
    void escapesAreNotContentButTextsAreComparedAsTheyAre() {
        assertThat(canonical("\"\\u0061\\/\\n\""))
                .isEqualTo(canonical("\"a/\\u000a\""))
                .isEqualTo("\"a/\\u000a\"");
        assertThat(canonical("\"\\u00e9\"")).isNotEqualTo(canonical("\"e\\u0301\""));
        assertThat(canonical("\"\\ud800\"")).isEqualTo("\"\\ud800\"").isNotEqualTo(canonical("\"\\ud801\""));
        assertThat(canonical("\"\\ud83d\\ude00\"")).isEqualTo("\"\uD83D\uDE00\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":1}",
                "{\"a\":1",
                "",
                "1 2",
                "NaN",
                "{'a':1}",
                "100e2147483647",
                "1e99999999999",
                "1e-2147483649"
            })
    void whatIsNotOneDocumentWithUniqueKeysIsRefused(String json) {
        assertThatThrownBy(() -> canonical(json)).isInstanceOf(PayloadException.class);
    }

    @Test
    void depthAndDigitsAreBounded() {
        assertThat(canonical("[".repeat(200) + "]".repeat(200))).hasSize(400);
        assertThatThrownBy(() -> canonical("[".repeat(201) + "]".repeat(201)))
                .isInstanceOf(PayloadException.class)
                .hasMessage("JSON of 402 bytes: has no canonical form (StreamConstraintsException); give each key once,"
                        + " numbers of at most 1,000 characters and a nesting of at most 200");
        assertThat(canonical("7".repeat(1000))).hasSize(1000);
        assertThatThrownBy(() -> canonical("7".repeat(1001))).isInstanceOf(PayloadException.class);
    }

    @Test
    void shuffledDocumentsAreAlikeAndChangedOnesAreNot() {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            Document document = Document.random(random, 3);

            String written = canonical(document.write(random));

            assertThat(canonical(document.write(random))).as("seed %s", seed).isEqualTo(written);
            assertThat(canonical("[" + document.write(random) + ",1]")).isNotEqualTo(written);
            assertThat(canonical(document.changed().write(random)))
                    .as("seed %s", seed)
                    .isNotEqualTo(written);
        }
    }

    /** A random object whose members are written in random order. */
    private record Document(List<String> keys, List<Object> values) {

        static Document random(Random random, int depth) {
            List<String> keys = IntStream.range(0, 1 + random.nextInt(5))
                    .mapToObj(i -> "k" + i + (char) ('a' + random.nextInt(26)))
                    .toList();
            List<Object> values = keys.stream()
                    .map(key -> depth > 0 && random.nextInt(3) == 0
                            ? random(random, depth - 1)
                            : (Object) random.nextInt(1000))
                    .toList();
            return new Document(keys, values);
        }

        Document changed() {
            List<Object> changed = new ArrayList<>(values);
            Object last = changed.get(changed.size() - 1);
            changed.set(changed.size() - 1, last instanceof Document inner ? inner.changed() : (Integer) last + 1);
            return new Document(keys, changed);
        }

        String write(Random random) {
            List<String> members = new ArrayList<>();
            for (int i = 0; i < keys.size(); i++) {
                Object value = values.get(i);
                members.add("\"" + keys.get(i) + "\": "
                        + (value instanceof Document inner
                                ? inner.write(random)
                                : value + (random.nextBoolean() ? ".0" : "")));
            }
            Collections.shuffle(members, random);
            return "{" + String.join(random.nextBoolean() ? "," : " , ", members) + "}";
        }
    }
}
