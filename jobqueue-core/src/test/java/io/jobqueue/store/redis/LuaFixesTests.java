package io.jobqueue.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LuaFixesTests {

    @ParameterizedTest
    @CsvSource({
        "5.0.14, 6.2.20",
        "6.2.19, 6.2.20",
        "7.0.0, 7.2.11",
        "7.0.15, 7.2.11",
        "7.2.0, 7.2.11",
        "7.2.10, 7.2.11",
        "7.4.5, 7.4.6",
        "8.0.3, 8.0.4",
        "8.1.999, 8.2.2",
        "8.2.1, 8.2.2",
        "8.2, 8.2.2"
    })
    void redisThatLetsScriptsOutIsFixedByTheNextOfItsLine(String version, String fixed) {
        assertThat(LuaFixes.OF_REDIS.missingIn(version)).hasValue(fixed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "6.2.20",
                "6.2.21",
                "7.2.11",
                "7.2.12",
                "7.4.6",
                "7.4.10",
                "8.0.4",
                "8.2.2",
                "8.2.10",
                "8.4.0",
                "8.10.1",
                "9.0.0",
                "10.0.0",
                "255.255.255"
            })
    void redisWithTheFixIsKnown(String version) {
        assertThat(LuaFixes.OF_REDIS.missingIn(version)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "7.2.4, 7.2.11",
        "7.2.10, 7.2.11",
        "8.0.0, 8.0.6",
        "8.0.5, 8.0.6",
        "8.1.0, 8.1.4",
        "8.1.3, 8.1.4",
        "8.1.0-rc1, 8.1.4"
    })
    void valkeyThatLetsScriptsOutHasVersionsOfItsOwn(String version, String fixed) {
        assertThat(LuaFixes.OF_VALKEY.missingIn(version)).hasValue(fixed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7.2.11", "8.0.6", "8.0.10", "8.1.4", "8.1.9", "9.0.0", "9.1.1"})
    void valkeyWithTheFixIsKnown(String version) {
        assertThat(LuaFixes.OF_VALKEY.missingIn(version)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "unstable", "8", "8.x.1", "99999999999.0.0"})
    void versionThatIsNoneIsNotHeldAgainstAServer(String version) {
        assertThat(LuaFixes.OF_REDIS.missingIn(version)).isEmpty();
    }

    @Test
    void valkeyIsNotJudgedByTheRedisThatItIsCompatibleWith() {
        ServerFacts facts = ServerFacts.read("redis_version:7.2.4\r\nvalkey_version:9.0.1\r\n");

        assertThat(facts.missingLuaFix()).isEmpty();
    }

    @Test
    void serverThatDoesNotTellItsVersionIsNotJudged() {
        assertThat(ServerFacts.NONE.missingLuaFix()).isEmpty();
    }
}
