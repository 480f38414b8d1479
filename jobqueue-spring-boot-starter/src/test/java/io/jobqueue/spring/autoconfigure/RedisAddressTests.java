package io.jobqueue.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.store.redis.RedisConnection;
import org.junit.jupiter.api.Test;

class RedisAddressTests {

    private static final SharedRedis SHARED = () -> RedisConnection.builder().host("shared");

    @Test
    void ownUrlComesFirst() {
        assertAddress(
                RedisAddress.choose("redis://own", SHARED, "redis://platform"), "own", "jobqueue.store.redis.url");
    }

    @Test
    void sharedRedisComesSecond() {
        assertAddress(RedisAddress.choose(" ", SHARED, "redis://platform"), "shared", "spring.data.redis");
    }

    @Test
    void platformUrlComesThird() {
        assertAddress(RedisAddress.choose(null, null, "redis://platform"), "platform", "REDIS_URL");
    }

    @Test
    void localhostComesLast() {
        assertAddress(RedisAddress.choose(null, null, ""), "localhost", "the built-in default");
    }

    @Test
    void sharedRedisIsNotEvenAskedWhenThereIsAnOwnUrl() {
        SharedRedis unusable = () -> {
            throw new AssertionError("asked");
        };
        assertAddress(RedisAddress.choose("own:6379", unusable, null), "own", "jobqueue.store.redis.url");
    }

    private static void assertAddress(RedisAddress address, String host, String source) {
        assertThat(address.connection().build().describe()).isEqualTo(host + ":6379/0");
        assertThat(address.source()).isEqualTo(source);
    }
}
