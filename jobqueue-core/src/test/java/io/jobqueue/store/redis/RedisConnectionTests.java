package io.jobqueue.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.InvalidJobException;
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
                "redis://:secret@cache:70000"
            })
    void wrongUrlIsRefusedWithoutRepeatingIt(String url) {
        assertThatThrownBy(() -> RedisConnection.of(url))
                .isInstanceOf(InvalidJobException.class)
                .hasMessageContaining("redis")
                .hasMessageNotContaining("secret")
                .hasMessageNotContaining("sec ret");
    }
}
