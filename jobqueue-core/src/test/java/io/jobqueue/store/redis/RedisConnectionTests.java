package io.jobqueue.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.InvalidJobException;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisConnectionTests {

    @Test
    void urlNamesEveryPart() {
        RedisConnection connection = RedisConnection.of("redis://app:p%40ss+word@cache.internal:6380/3");

        assertThat(connection.describe()).isEqualTo("cache.internal:6380/3");
        assertThat(connection.user()).isEqualTo("app");
        assertThat(connection.password).isEqualTo("p@ss+word");
        assertThat(connection.usesTls()).isFalse();
    }

    @Test
    void hostAndPortAloneAreEnough() {
        assertThat(RedisConnection.of("cache:6380").describe()).isEqualTo("cache:6380/0");
        assertThat(RedisConnection.of("cache").describe()).isEqualTo("cache:6379/0");
    }

    @Test
    void passwordWithoutUserBelongsToTheDefaultUser() {
        RedisConnection connection = RedisConnection.of("redis://:secret@cache");

        assertThat(connection.username).isNull();
        assertThat(connection.password).isEqualTo("secret");
    }

    @Test
    void redissMeansTlsWithTheHostNameChecked() {
        RedisConnection connection = RedisConnection.of("rediss://cache");

        assertThat(connection.usesTls()).isTrue();
        assertThat(Objects.requireNonNull(connection.sslParameters).getEndpointIdentificationAlgorithm())
                .isEqualTo("HTTPS");
    }

    @Test
    void passwordIsNeverShown() {
        assertThat(RedisConnection.of("redis://app:secret@cache")).asString().doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://:secret@cache",
                "redis://",
                "redis://:secret@cache/db",
                "redis://:sec ret@cache",
                "redis://:secret%zz@cache",
                "redis://:secret@cache:70000",
                "redis://:secret@my_cache:70000",
                "redis://:secret@my_cache:port",
                "redis://:secret@my_cache:99999999999",
                "redis://:secret@:6379"
            })
    void wrongUrlIsRefusedWithoutRepeatingIt(String url) {
        assertThatThrownBy(() -> RedisConnection.of(url))
                .isInstanceOf(InvalidJobException.class)
                .hasMessageContaining("redis")
                .hasMessageNotContaining("secret")
                .hasMessageNotContaining("sec ret");
    }

    @Test
    void hostWithAnUnderscoreIsAHost() {
        RedisConnection connection = RedisConnection.of("redis://app:p%40ss@my_redis:6380/3");

        assertThat(connection.describe()).isEqualTo("my_redis:6380/3");
        assertThat(connection.user()).isEqualTo("app");
        assertThat(connection.password).isEqualTo("p@ss");
        assertThat(RedisConnection.of("redis://my_redis:6379").describe()).isEqualTo("my_redis:6379/0");
        assertThat(RedisConnection.of("my_redis").describe()).isEqualTo("my_redis:6379/0");
        assertThat(RedisConnection.of("redis://[::1]:6380").describe()).isEqualTo("[::1]:6380/0");
    }

    @Test
    @SuppressWarnings("NullAway") // what a caller without null checks may do
    void nullUrlIsRefused() {
        assertThatThrownBy(() -> RedisConnection.of(null))
                .isInstanceOf(InvalidJobException.class)
                .hasMessageStartingWith("redis url: is null; give");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "my app", "a\nb", "a\u0000b", "a\u007Fb", "Zoë"})
    void clientNameThatRedisRefusesIsRefused(String name) {
        assertThatThrownBy(() -> RedisConnection.builder().clientName(name))
                .isInstanceOf(InvalidJobException.class)
                .hasMessageStartingWith("redis client name")
                .hasMessageContaining("give");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT0.0009S", "PT1H0.001S", "PT720H"})
    void commandTimeoutOutOfBoundsIsRefused(Duration timeout) {
        assertThatThrownBy(() -> RedisConnection.builder().commandTimeout(timeout))
                .isInstanceOf(InvalidJobException.class)
                .hasMessageStartingWith("redis command timeout " + timeout);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0.001S", "PT1H"})
    void commandTimeoutWithinBoundsIsKept(Duration timeout) {
        assertThat(RedisConnection.builder().commandTimeout(timeout).build().commandTimeout)
                .isEqualTo(timeout);
    }
}
